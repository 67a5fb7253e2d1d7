using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.SystemTests.Sinks.Mqtt;
using EdgeAgent.Web;

namespace EdgeAgent.SystemTests.Host;

/// <summary>
/// The whole agent, killed again and again while it reads, journals, computes and publishes. The judge stands outside:
/// the journal on the disk, a fresh engine over all of it, and a subscriber that remembers every message.
/// </summary>
public sealed class KillTests
{
    private const int KillsMin = 12;

    // So long an agent lives, from before it has opened anything to some seconds of work.
    private const int LifeMinMs = 100;
    private const int LifeMaxMs = 4_000;

    // A hole is what is longer than three intervals; an answer this late on a busy machine is late, not missing.
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(3);

    // What "run" publishes.
    private static readonly HashSet<PeriodKind> Published =
        [PeriodKind.Hour, PeriodKind.Shift, PeriodKind.Day, PeriodKind.Month];

    // The engine waits ten seconds for late samples before a period is final.
    private static readonly TimeSpan UntilFinal = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Kill_9_at_any_moment_leaves_no_silent_hole_no_double_and_the_same_figures()
    {
        var seed = Environment.GetEnvironmentVariable("EDGEAGENT_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"EDGEAGENT_SEED={seed}");
        var random = new Random(seed);

        var brokerPort = FreePort.Next();
        await using var broker = await TestBroker.StartAsync(brokerPort);
        await using var platform = await TestSubscriber.StartAsync(brokerPort);
        await using var rig = new AgentRig(brokerPort);
        rig.Edit(json => json["mqtt"]!["topicPrefix"] = "edge");
        rig.ReadEvery(TimeSpan.FromMilliseconds(100), only: "cnc");
        var begin = UtcTime.Now(TimeProvider.System);
        var shiftEnd = EndShiftAndDayWithin(rig, TimeSpan.FromSeconds(10));

        await rig.StartAsync();
        await rig.DurableAsync(more: 1);
        var kills = 0;
        var seen = 0L;
        while (kills < KillsMin || DateTimeOffset.UtcNow < shiftEnd + UntilFinal + TimeSpan.FromSeconds(3))
        {
            await Task.Delay(random.Next(LifeMinMs, LifeMaxMs), TestContext.Current.CancellationToken);
            seen = Math.Max(seen, await NextSequenceAsync(rig));
            await rig.KillAsync();
            kills++;
            rig.Launch();
        }

        await rig.Agent!.WaitReadyAsync(async () => await rig.TryGetAsync("healthz") is not null);
        await rig.DurableAsync(more: 1);
        var end = UtcTime.Now(TimeProvider.System) + TimeSpan.FromMinutes(1);
        var period = KpiPeriod.Span(WholeMinute(begin), WholeMinute(end));
        var answer = await rig.GetAsync($"api/kpis?from={period.From}&to={period.To}");
        await Eventually.TrueAsync(
            async () => (await rig.ReadMetricsAsync()).Sum("edgeagent_outbox_queued") == 0, () => rig.Agent!.Output);
        await rig.StopAsync();

        var replay = JournalReplay.Of(
            Path.Combine(rig.Data, "journal"), rig.Load(), Published, period, answer["position"]!.GetValue<long>());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills, {replay.NextSequence} entries, {replay.Gaps.Count} gaps, "
            + $"{replay.Messages.Count} messages, {platform.Duplicates} received twice");
        Assert.True(replay.NextSequence >= seen, $"{seen} was durable; the journal ends at {replay.NextSequence}.");
        Assert.True(replay.Gaps.Count(gap => gap.Cause == GapCause.AgentStopped) >= KillsMin / 2);
        NothingIsMissingInSilence(replay);
        FiguresAreThoseOfOnePass(answer, replay);
        MessagesAreThoseOfOnePass(platform, replay);
    }

    private static void NothingIsMissingInSilence(JournalReplay replay)
    {
        var problems = new List<string>();
        for (var tag = 0; tag < replay.Tags.Count; tag++)
        {
            var definition = replay.Tags[tag];
            var limit = definition.Interval * 3 > LateMax ? definition.Interval * 3 : LateMax;
            Assert.NotEmpty(replay.Times[tag]);
            foreach (var (earlier, later) in replay.Times[tag].Zip(replay.Times[tag].Skip(1)))
            {
                if (later <= earlier)
                {
                    problems.Add($"{definition.Id}: {later} after {earlier}");
                }
                else if (later - earlier > limit && Unexplained(replay, definition, earlier, later) > limit)
                {
                    problems.Add($"{definition.Id}: nothing from {earlier} to {later}, and no gap");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));
    }

    /// <summary>The longest piece of a stretch without samples that no gap accounts for.</summary>
    private static TimeSpan Unexplained(JournalReplay replay, Tag tag, UtcTime from, UtcTime to)
    {
        var (at, longest) = (from, TimeSpan.Zero);
        foreach (var gap in replay.Gaps.OrderBy(gap => gap.From))
        {
            if ((gap.Scope == Gap.Everything || gap.Scope == tag.DeviceId) && gap.To > at && gap.From < to)
            {
                longest = gap.From - at > longest ? gap.From - at : longest;
                at = gap.To;
            }
        }

        return to - at > longest ? to - at : longest;
    }

    private static void FiguresAreThoseOfOnePass(JsonNode answer, JournalReplay replay)
    {
        Assert.Equal(KpiCatalogue.All.Length, replay.Figures.Count);
        Assert.Contains(replay.Figures, figure => figure.Value.Exact is { IsZero: false });
        foreach (var (told, computed) in answer["kpis"]!.AsArray().Zip(replay.Figures))
        {
            var expected = JsonSerializer.SerializeToNode(KpiApi.Line(computed), WebJson.Default.KpiLine);
            Assert.True(
                JsonNode.DeepEquals(expected, told), $"The agent tells\n{told}\nand one pass gives\n{expected}");
        }
    }

    private static void MessagesAreThoseOfOnePass(TestSubscriber platform, JournalReplay replay)
    {
        // The shift and the day that ended during the kills.
        Assert.Contains(replay.Messages.Keys, id => id.Contains("/shift/", StringComparison.Ordinal));
        Assert.Contains(replay.Messages.Keys, id => id.Contains("/day/", StringComparison.Ordinal));
        Assert.Empty(platform.Contradictions);
        Assert.Equal(
            replay.Messages.Keys.Order(StringComparer.Ordinal), platform.Accepted.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, message) in replay.Messages)
        {
            Assert.True(message.Payload.Span.SequenceEqual(platform.Accepted[id]), $"{id} has other bytes.");
        }
    }

    /// <summary>Lets a shift and the production day end at the next whole minute at least so far away.</summary>
    private static DateTimeOffset EndShiftAndDayWithin(AgentRig rig, TimeSpan lead)
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(
            (DateTimeOffset.UtcNow + lead + TimeSpan.FromMinutes(1)).ToUnixTimeSeconds() / 60 * 60);
        var path = Path.Combine(rig.Config, "calendar.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        string Local(TimeSpan later) =>
            (end + later).ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", CultureInfo.InvariantCulture);
        json["dayStart"] = Local(TimeSpan.Zero);
        json["shifts"] = new JsonArray(
            Shift("first", Local(TimeSpan.Zero), Local(TimeSpan.FromHours(12))),
            Shift("second", Local(TimeSpan.FromHours(12)), Local(TimeSpan.Zero)));
        File.WriteAllText(path, json.ToJsonString());
        return end;
    }

    private static JsonObject Shift(string name, string start, string end) =>
        new() { ["name"] = name, ["start"] = start, ["end"] = end };

    private static UtcTime WholeMinute(UtcTime time) =>
        new(time.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute);

    private static async Task<long> NextSequenceAsync(AgentRig rig) =>
        (await rig.TryGetAsync("api/status"))?["journal"]?["nextSequence"]?.GetValue<long>() ?? 0;
}
