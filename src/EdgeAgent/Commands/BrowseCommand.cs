using System.CommandLine;
using System.Globalization;
using EdgeAgent.Commands.Browse;
using EdgeAgent.Commands.Servers;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent browse URL</c>: what an OPC UA server has, as a tree or as rows for tags.csv.</summary>
internal static class BrowseCommand
{
    // Beyond that a person looks for a part of the server with --from.
    private const int DepthDefault = 32;
    private const int DepthMax = 1_000;
    private const int NodesDefault = 100_000;
    private const int NodesMax = 5_000_000;

    public static Command Create()
    {
        var server = new ServerOptions();
        var csv = new Option<bool>("--csv") { Description = "输出可放进 tags.csv 的行 / print rows ready for tags.csv" };
        var depth = Number("--depth", "最多几层 / how many levels deep", DepthDefault, DepthMax);
        var max = Number("--max", "最多几个节点 / how many nodes at most", NodesDefault, NodesMax);
        var from = new Option<string?>("--from")
        {
            Description = "从哪个节点开始，缺省是 Objects / where to begin, Objects by default, for example nsu=URI;s=Press1",
            HelpName = "NODE",
        };
        from.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !NodeAddress.TryParse(token.Value, out _, out var error))
            {
                result.AddError($"--from {Quoted.Of(token.Value)}: {error}.");
            }
        });
        var command = new Command("browse", "浏览 OPC UA 服务器 / look into an OPC UA server");
        server.AddTo(command);
        command.Add(csv);
        command.Add(depth);
        command.Add(max);
        command.Add(from);
        command.SetAction((arguments, cancellationToken) =>
        {
            var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
            var run = new BrowseRun(
                arguments.GetValue(csv),
                arguments.GetValue(depth),
                arguments.GetValue(max),
                arguments.GetValue(from) is { } start ? NodeAddress.Parse(start) : new NodeAddress(null, new(85)),
                progress,
                TimeProvider.System,
                Console.Out,
                Console.Error);
            return new ServerCommand(server.Read(arguments), TimeProvider.System, Console.Error)
                .RunAsync(run.RunAsync, cancellationToken);
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int otherwise, int max)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => otherwise,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    || number < 1 || number > max))
            {
                result.AddError($"{name} {Quoted.Of(token.Value)}: 1 – {max}.");
            }
        });
        return option;
    }
}
