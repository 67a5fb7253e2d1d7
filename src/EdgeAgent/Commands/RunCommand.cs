using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Topology;
using EdgeAgent.Web;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent run --config DIR</c>: reads the plant until told to stop.</summary>
internal static class RunCommand
{
    private static readonly HashSet<PeriodKind> Published =
        [PeriodKind.Hour, PeriodKind.Shift, PeriodKind.Day, PeriodKind.Month];

    public static Command Create()
    {
        var config = new Option<string>("--config")
        {
            Description = "配置文件夹 / folder with agent.json, devices.csv, tags.csv and so on",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command("run", "运行采集代理 / run the agent") { config };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetRequiredValue(config), Console.Out, Console.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string folder, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var result = ConfigFolder.Load(folder);
        if (!result.IsValid)
        {
            CheckCommand.WriteText(result, folder, errors);
            return ExitCode.Unusable;
        }

        using var logs = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting", LogLevel.Warning)
            .AddJsonConsole(json => json.UseUtcTimestamp = true));
        Agent agent;
        try
        {
            agent = AgentBuilder.Build(result.Config, TimeProvider.System, Published, logs);
        }
        catch (Exception error) when (DataFolder.IsUnusable(error))
        {
            await errors.WriteLineAsync(DataFolder.Complaint(error));
            return ExitCode.Unusable;
        }

        await using (agent)
        {
            var web = result.Config.Agent.Web;
            await using var app = AgentWeb.Build(agent, web.Address, web.Port, logs);
            if (await StartWebAsync(app, web.Address, web.Port, errors) is { } code)
            {
                return code;
            }

            await agent.StartAsync(cancellationToken);
            await output.WriteLineAsync($"状态页 / status page: {AgentWeb.AddressOf(app)}");
            var stop = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            var ended = await Task.WhenAny(stop, agent.Failed);
            await agent.StopAsync();
            await app.StopAsync(CancellationToken.None);
            return ended == stop ? ExitCode.Ok : ExitCode.Failed;
        }
    }

    private static async Task<int?> StartWebAsync(WebApplication app, IPAddress address, int port, TextWriter errors)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
            return null;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await errors.WriteLineAsync(
                $"状态页不能用地址 {address}:{port}，请在 agent.json 的 web.port 换一个端口。/ The status page cannot use "
                + $"{address}:{port}: {error.Message} Write another web.port in agent.json.");
            return ExitCode.Unusable;
        }
    }
}
