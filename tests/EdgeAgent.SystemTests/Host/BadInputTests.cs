using System.Net;
using System.Net.Sockets;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>What a person can get wrong before anything runs: each is named with place and remedy; code 2.</summary>
public sealed class BadInputTests
{
    private const int Unusable = 2;

    [Fact]
    public async Task Every_mistake_in_a_configuration_is_named_before_anything_starts()
    {
        await using var rig = new AgentRig();
        rig.Edit(json =>
        {
            json["jurnal"] = "x";
            json["web"]!["port"] = 99_999;
        });
        var tags = Path.Combine(rig.Config, "tags.csv");
        var lines = await File.ReadAllLinesAsync(tags);
        lines[3] = lines[3].Replace("kiln1", "kiln9", StringComparison.Ordinal);
        lines[7] = lines[6];
        await File.WriteAllLinesAsync(tags, lines);

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains($"{rig.Config}/agent.json:1:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\"jurnal\"", ended.Output, StringComparison.Ordinal);
        Assert.Contains("99999", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"{rig.Config}/tags.csv:4:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("kiln9", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"{rig.Config}/tags.csv:8:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Fix: ", ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(rig.File("data")));
    }

    [Fact]
    public async Task A_folder_that_is_none_is_named()
    {
        var ended = await AgentProgram.RunAsync("run", "--config", "/no/such/folder");

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains("/no/such/folder", ended.Output, StringComparison.Ordinal);
        Assert.Contains("no such folder", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_line_that_cannot_be_understood_is_no_failure_that_a_restart_would_mend()
    {
        var ended = await AgentProgram.RunAsync("run");

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains("--config", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_setting_to_change()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var rig = new AgentRig();
        rig.Edit(json => json["web"]!["port"] = port);

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains($"127.0.0.1:{port}", ended.Output, StringComparison.Ordinal);
        Assert.Contains("web.port", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_in_use_names_the_process_that_has_it_and_leaves_that_one_alone()
    {
        await using var rig = new AgentRig();
        await rig.StartAsync();
        var port = FreePort.Next();
        rig.Edit(json => json["web"]!["port"] = port);

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(Path.Combine(rig.Data, "journal"), ended.Output, StringComparison.Ordinal);
        Assert.Contains($"process {rig.Agent!.Id}", ended.Output, StringComparison.Ordinal);
        Assert.Contains("its own data folder", ended.Output, StringComparison.Ordinal);
        await rig.DurableAsync(more: 10);
        await rig.StopAsync();
    }

    [Fact]
    public async Task A_read_only_data_folder_is_named_and_what_is_in_it_is_not_harmed()
    {
        await using var disk = await TmpfsMount.RequireAsync("64m");
        await using var rig = new AgentRig();
        rig.Edit(json => json["data"] = disk.Path);
        await rig.StartAsync();
        await rig.DurableAsync(more: 100);
        await rig.StopAsync();
        var before = Files(disk.Path);
        await disk.MakeReadOnlyAsync();

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(disk.Path, ended.Output, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", ended.Output, StringComparison.Ordinal);
        Assert.Contains("writable disk", ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files(disk.Path));
    }

    [Fact]
    public async Task A_data_folder_that_belongs_to_somebody_else_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may write into every folder.");
        await using var rig = new AgentRig();
        rig.Edit(json => json["data"] = "/var/edgeagent-of-somebody-else");

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(Unusable, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains("/var/edgeagent-of-somebody-else", ended.Output, StringComparison.Ordinal);
    }

    private static List<(string Name, string Hash)> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))),
    ];
}
