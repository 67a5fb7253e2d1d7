using EdgeAgent.Core.Model;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

public sealed class DiskFullTests
{
    private const int BlockBytes = 64 * 1024;
    private const string Gaps = "edgeagent_gaps_durable_total";

    // Twenty polls of every tag.
    private static readonly TimeSpan HeldUp = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_full_disk_is_named_costs_nothing_durable_and_heals_by_itself_with_its_hole_on_record()
    {
        await using var disk = await TmpfsMount.RequireAsync("48m");
        await using var rig = new AgentRig();

        // Little room to wait in, so that the test need not: the queues fill within seconds.
        rig.ReadEvery(TimeSpan.FromMilliseconds(100));
        rig.Edit(json =>
        {
            json["data"] = Path.Combine(disk.Path, "data");
            json["journal"] = new System.Text.Json.Nodes.JsonObject { ["commitBytes"] = "4KiB" };
        });
        string[] devices = [.. rig.Load().Tags.Select(tag => tag.Device).Distinct()];
        await rig.StartAsync();
        await rig.DurableAsync(more: 1_000);

        var filler = Path.Combine(disk.Path, "filler");
        FillUp(filler);
        await rig.HealthAsync("degraded", "is full");
        var full = await rig.ReadMetricsAsync();
        await EveryQueueFullAsync(rig);
        var (held, heldTo) = (UtcTime.Now(TimeProvider.System), UtcTime.Now(TimeProvider.System) + HeldUp);
        await Task.Delay(HeldUp, TestContext.Current.CancellationToken);
        await rig.HealthAsync("degraded", "is full");
        Assert.Equal("DiskFull", (await rig.GetAsync("api/status"))["journal"]!["state"]!.GetValue<string>());
        Assert.False(rig.Agent!.HasExited);

        File.Delete(filler);
        await rig.HealthAsync("ok");
        await Eventually.TrueAsync(
            async () => (await rig.ReadMetricsAsync())[Gaps] >= full[Gaps] + devices.Length, () => rig.Agent.Output);
        await rig.StopAsync();

        var (samples, gaps) = Read(rig);
        Assert.True(samples > full.Durable, $"{full.Durable} were durable before, {samples} are stored now.");
        var hole = gaps.Where(gap => gap.From < heldTo && gap.To > held).ToList();
        Assert.All(hole, gap => Assert.Equal(GapCause.QueueOverflow, gap.Cause));
        Assert.Equal(
            devices.Order(StringComparer.Ordinal),
            hole.Select(gap => gap.Scope).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_is_full_at_the_start_is_named_and_what_is_stored_stays()
    {
        await using var disk = await TmpfsMount.RequireAsync("48m");
        await using var rig = new AgentRig();
        rig.Edit(json => json["data"] = Path.Combine(disk.Path, "data"));
        await rig.StartAsync();
        await rig.DurableAsync(more: 500);
        await rig.StopAsync();
        var stored = Read(rig).Samples;
        var filler = Path.Combine(disk.Path, "filler");
        FillUp(filler);

        var ended = await AgentProgram.RunAsync("run", "--config", rig.Config);

        Assert.Equal(2, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(disk.Path, ended.Output, StringComparison.Ordinal);
        Assert.Contains("room", ended.Output, StringComparison.Ordinal);
        File.Delete(filler);
        await rig.StartAsync();
        await rig.DurableAsync(more: 100);
        await rig.StopAsync();
        Assert.True(Read(rig).Samples >= stored + 100);
    }

    /// <summary>Waits until no source captures anything any more.</summary>
    private static async Task EveryQueueFullAsync(AgentRig rig)
    {
        var before = -1L;
        await Eventually.TrueAsync(
            async () =>
            {
                await Task.Delay(500, TestContext.Current.CancellationToken);
                var captured = (await rig.ReadMetricsAsync()).Captured;
                (before, var isStill) = (captured, captured == before);
                return isStill;
            },
            () => rig.Agent!.Output);
    }

    private static void FillUp(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
            {
                file.Write(new byte[BlockBytes]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, and it stays so: what fitted is kept.
        }
    }

    private static (long Samples, List<Gap> Gaps) Read(AgentRig rig)
    {
        using var journal = rig.OpenJournal();
        var (samples, gaps) = (0L, new List<Gap>());
        while (journal.TryRead(out var entry))
        {
            samples += entry.Batch?.Count ?? 0;
            entry.Batch?.Release();
            if (entry.Gap is { } gap)
            {
                gaps.Add(gap);
            }
        }

        Assert.Empty(journal.Findings);
        return (samples, gaps);
    }
}
