using System.Text;
using System.Text.Json.Nodes;
using EdgeAgent.Configuration;
using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.SystemTests.Sinks.Mqtt;
using EdgeAgent.SystemTests.Sinks.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Host;

public sealed class OutageTests
{
    private const int MessagesBefore = 25;
    private const int SamplesBefore = 2_000;

    [Fact]
    public async Task What_is_away_outside_is_named_and_everything_else_goes_on_until_it_is_back()
    {
        var (brokerPort, seriesPort, kilnsPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        await using var rig = new AgentRig(brokerPort);
        rig.Edit(json =>
        {
            json["mqtt"]!["topicPrefix"] = "edge";
            json["timeSeries"] = new JsonObject { ["url"] = $"http://127.0.0.1:{seriesPort}", ["bucket"] = "plant" };
            json["endpoints"]!.AsArray().Single(line => (string?)line!["name"] == "kilns")!["port"] = kilnsPort;
        });
        LeaveMessages(rig);

        await rig.StartAsync();
        await rig.HealthAsync("degraded", $"127.0.0.1:{brokerPort}");
        await rig.HealthAsync("degraded", "kilns: ");
        await rig.HealthAsync("degraded", "timeSeries: ");
        await rig.DurableAsync(more: SamplesBefore);
        await rig.HealthAsync("degraded");

        await using var broker = await TestBroker.StartAsync(brokerPort);
        await using var platform = await TestSubscriber.StartAsync(brokerPort);
        await using var series = new FakeWriteServer(seriesPort);
        await Eventually.TrueAsync(() => platform.Accepted.Count == MessagesBefore, () => rig.Agent!.Output);
        await Eventually.TrueAsync(async () =>
        {
            var reasons = (await rig.GetAsync("healthz"))["reasons"]!.AsArray();
            return reasons.All(reason => ((string)reason!).StartsWith("kilns: ", StringComparison.Ordinal));
        });

        // More than was read since the server is back: what became durable before is there too.
        await Eventually.TrueAsync(() => series.Kept.Count > SamplesBefore);
        await rig.StopAsync();

        var (good, bad) = CountByDevice(rig);
        Assert.DoesNotContain(good.Keys, device => device.StartsWith("kiln", StringComparison.Ordinal));
        Assert.True(bad["kiln1"] > 0 && bad["kiln2"] > 0);
        foreach (var device in (string[])["press1", "press2", "cnc1", "cnc2", "cnc3", "cnc4"])
        {
            Assert.True(good[device] > 0, device);
            Assert.Equal(0, bad.GetValueOrDefault(device));
        }
    }

    /// <summary>Messages of a former run, which wait in the outbox.</summary>
    private static void LeaveMessages(AgentRig rig)
    {
        var config = rig.Load();
        var data = Directory.CreateDirectory(config.Resolve(config.Agent.DataFolder)).FullName;
        using var outbox = Outbox.Open(
            Path.Combine(data, "outbox.db"), new(), TimeProvider.System, NullLogger.Instance);
        outbox.Put([.. Enumerable.Range(0, MessagesBefore).Select(number => new OutboxMessage(
            $"before/{number}",
            "edge/gateway-1/kpi/oee-index",
            Encoding.UTF8.GetBytes($$"""{"id":"before/{{number}}"}""")))]);
    }

    private static (Dictionary<string, long> Good, Dictionary<string, long> Bad) CountByDevice(AgentRig rig)
    {
        var (good, bad) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        var tags = ModelBuilder.Tags(rig.Load());
        using var journal = rig.OpenJournal();
        while (journal.TryRead(out var entry))
        {
            for (var row = 0; row < (entry.Batch?.Count ?? 0); row++)
            {
                var sample = entry.Batch![row];
                var counts = sample.Status.IsGood ? good : bad;
                var device = tags[sample.TagIndex].DeviceId;
                counts[device] = counts.GetValueOrDefault(device) + 1;
            }

            entry.Batch?.Release();
        }

        Assert.Empty(journal.Findings);
        return (good, bad);
    }
}
