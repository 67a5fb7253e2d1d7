using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeAgent.SystemTests.Host;

public sealed partial class StopTests
{
    private const int AgentStopped = 101;
    private const int JournalFinding = 111;
    private const int EngineStartsOver = 200;

    // systemd gives a minute; a healthy disk needs a fraction of a second. Generous for a busy machine.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task SIGTERM_makes_everything_captured_durable_and_the_next_start_finds_nothing_to_mend()
    {
        await using var rig = new AgentRig();
        rig.ReadEvery(TimeSpan.FromMilliseconds(100));
        await rig.StartAsync();
        await rig.DurableAsync(more: 2_000);
        var started = TimeProvider.System.GetTimestamp();

        await rig.StopAsync();

        var took = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"Stopped within {took.TotalMilliseconds:F0} ms.");
        Assert.True(took < StopMax, $"{took}");
        var goodbye = Goodbye().Match(rig.Log().Single(line => line.Event == AgentStopped).Message);
        Assert.True(goodbye.Success);
        Assert.Equal(goodbye.Groups[1].Value, goodbye.Groups[2].Value);
        var durable = long.Parse(goodbye.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(durable, 2_000, long.MaxValue);
        Assert.Equal(durable, CountSamples(rig));
        Assert.True(File.Exists(Path.Combine(rig.Data, "kpi", "snapshot.bin")));
        Assert.False(File.Exists(Path.Combine(rig.Data, "kpi", "snapshot.bin.tmp")));

        await rig.StartAsync();
        await rig.DurableAsync(more: 1);
        await rig.StopAsync();
        Assert.DoesNotContain(rig.Log(), line => line.Event is JournalFinding or EngineStartsOver);
        Assert.True(CountSamples(rig) > durable);
    }

    [Fact]
    public async Task SIGTERM_during_the_start_is_obeyed_too()
    {
        await using var rig = new AgentRig();
        foreach (var wait in (int[])[20, 150, 400])
        {
            rig.Launch();
            await Task.Delay(wait, TestContext.Current.CancellationToken);
            var code = await rig.Agent!.TerminateAsync();

            // Before the program has taken over the signal, the runtime ends the process in the usual way: 128 + 15.
            Assert.True(code is 0 or 143, $"Exit code {code}\n{rig.Agent.Output}");
            Assert.DoesNotContain("Unhandled exception", rig.Agent.Output, StringComparison.Ordinal);
            await rig.KillAsync();
        }
    }

    private static long CountSamples(AgentRig rig)
    {
        using var journal = rig.OpenJournal();
        var samples = 0L;
        while (journal.TryRead(out var entry))
        {
            samples += entry.Batch?.Count ?? 0;
            entry.Batch?.Release();
        }

        Assert.Empty(journal.Findings);
        return samples;
    }

    [GeneratedRegex(@"^Agent stopped; of (\d+) samples captured (\d+) are durable; the next entry .* is \d+\.$")]
    private static partial Regex Goodbye();
}
