using System.CommandLine;
using EdgeAgent.Commands;

var root = new RootCommand("EdgeAgent: 工厂边缘采集与指标计算代理 / reads the plant, computes its KPIs, publishes them")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    DemoCommand.Create(),
    CertsCommand.Create(),
    BrowseCommand.Create(),
    ReadCommand.Create(),
};

var command = root.Parse(args);

// A slow flash card may need a while for the last fsync; SIGTERM must not cut it short.
var code = await command.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(55) });
return command.Errors.Count == 0 ? code : ExitCode.Unusable;
