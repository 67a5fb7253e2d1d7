using System.CommandLine;
using EdgeAgent.Commands.Servers;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent read URL NODE…</c>: present values with status and both timestamps.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var server = new ServerOptions();
        var nodes = new Argument<string[]>("NODE")
        {
            Description = "节点 / nodes, for example nsu=http://maker/machine;s=Press1.Temp or i=2258",
            Arity = ArgumentArity.OneOrMore,
        };
        nodes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!NodeAddress.TryParse(token.Value, out _, out var error))
                {
                    result.AddError($"{Quoted.Of(token.Value)}: {error}.");
                }
            }
        });
        var command = new Command("read", "读 OPC UA 节点的值 / read values of OPC UA nodes");
        server.AddTo(command);
        command.Add(nodes);
        command.SetAction((arguments, cancellationToken) =>
        {
            var run = new ReadRun(
                [.. arguments.GetRequiredValue(nodes).Select(NodeAddress.Parse)], Console.Out);
            return new ServerCommand(server.Read(arguments), TimeProvider.System, Console.Error)
                .RunAsync(run.RunAsync, cancellationToken);
        });
        return command;
    }
}
