using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.SystemTests.Simulator;

/// <summary>mbpoll, an independent client over libmodbus, reads the plant.</summary>
public sealed partial class MbpollTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 13, 8, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task An_independent_client_reads_what_the_script_says()
    {
        const string Mbpoll = "/usr/bin/mbpoll";
        Assert.SkipUnless(File.Exists(Mbpoll), "mbpoll is not installed (apt-get install mbpoll).");
        var script = new PlantScript(1);
        var clock = new FakeTimeProvider(Start);
        await using var servers = PlantServers.Listen(script, clock, Start);
        clock.Advance(TimeSpan.FromMinutes(7));
        var press = script.Machines.Single(machine => machine.Id == "press1");
        var shown = press.At(servers.Now);

        // -0 counts addresses from 0, -1 polls once, -t 4 reads holding registers.
        string[] question = ["-0", "-1", "-q", "-m", "tcp", "-p", $"{servers.Endpoints["presses"]}",
            "-a", "1", "-r", "100", "-c", "5", "-t", "4", "127.0.0.1"];
        var start = new ProcessStartInfo(Mbpoll, question) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        var first = press.Definition.FirstCounts;
        Assert.Equal(
            [
                shown.StateCode, shown.ProductCode, (ushort)(first.Produced + shown.Counts.Produced),
                (ushort)(first.Good + shown.Counts.Good), (ushort)(first.Scrap + shown.Counts.Scrap),
            ],
            Row().Matches(output).Select(row => ushort.Parse(row.Groups[1].Value, provider: null)));
    }

    [GeneratedRegex(@"^\[\d+\]:\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
