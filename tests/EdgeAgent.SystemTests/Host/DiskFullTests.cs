using EdgeAgent.Core.Model;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

public sealed class DiskFullTests
{
    private const int BlockBytes = 64 * 1024;
    private const int SkippedMin = 50;
    private const string Skipped = "edgeagent_source_polls_skipped_total";
    private const string Gaps = "edgeagent_gaps_durable_total";

    [Fact]
    public async Task A_full_disk_is_named_costs_nothing_durable_and_heals_by_itself_with_its_hole_on_record()
    {
        await using var disk = await TmpfsMount.RequireAsync("48m");
        await using var rig = new AgentRig();

        // Little room to wait in, so that the test need not: the queues fill within seconds.
        rig.ReadEvery(TimeSpan.FromMilliseconds(50));
        rig.Edit(json =>
        {
            json["data"] = Path.Combine(disk.Path, "data");
            json["journal"] = new System.Text.Json.Nodes.JsonObject { ["commitBytes"] = "4KiB" };
        });
        await rig.StartAsync();
        await rig.DurableAsync(more: 1_000);

        var filler = Path.Combine(disk.Path, "filler");
        FillUp(filler);
        await rig.HealthAsync("degraded", "is full");
        var full = await rig.ReadMetricsAsync();
        await Eventually.TrueAsync(
            async () => (await rig.ReadMetricsAsync()).Sum(Skipped) > full.Sum(Skipped) + SkippedMin,
            () => rig.Agent!.Output);
        await rig.HealthAsync("degraded", "is full");
        Assert.Equal("DiskFull", (await rig.GetAsync("api/status"))["journal"]!["state"]!.GetValue<string>());
        Assert.False(rig.Agent!.HasExited);

        File.Delete(filler);
        await rig.HealthAsync("ok");
        await rig.DurableAsync(more: 1_000);
        await Eventually.TrueAsync(
            async () => (await rig.ReadMetricsAsync())[Gaps] > full[Gaps], () => rig.Agent.Output);
        await rig.StopAsync();

        var (samples, gaps) = Read(rig);
        Assert.True(samples > full.Durable, $"{full.Durable} were durable before, {samples} are stored now.");
        Assert.Contains(gaps, gap => gap.Cause == GapCause.QueueOverflow && gap.To > gap.From);
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

        // There is still the ballast to start with, so it may run and say so, or end and say so.
        var agent = AgentProgram.Start("run", "--config", rig.Config);
        await using (agent)
        {
            await Eventually.TrueAsync(
                async () => agent.HasExited
                    || (await rig.TryGetAsync("healthz"))?["reasons"]!.ToJsonString().Contains("full") == true,
                () => agent.Output);
            Assert.True(!agent.HasExited || agent.ExitCode == 2, agent.Output);
            Assert.Contains("full", agent.Output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Unhandled exception", agent.Output, StringComparison.Ordinal);
        }

        File.Delete(filler);
        await rig.StartAsync();
        await rig.DurableAsync(more: 100);
        await rig.StopAsync();
        Assert.True(Read(rig).Samples >= stored + 100);
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
