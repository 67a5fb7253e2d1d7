using EdgeAgent.OpcUa.Binary;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>As many values as node-opcua can give.</summary>
public sealed class InteropScaleTests
{
    private const int Items = 2_000;
    private const int ValuesOfEach = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Two_thousand_items_that_change_every_500_ms_arrive_without_a_gap()
    {
        await using var server = await NodeOpcUa.StartServerAsync(
            new() { ["items"] = Items, ["interval"] = Interval.TotalMilliseconds });
        using var client = new InteropClient();
        client.Trust(server.Certificate);
        await using var run = new InteropRun(
            client,
            new() { Url = server.Url },
            new() { PublishingInterval = Interval },
            Enumerable.Range(0, Items).Select(item => $"nsu={InteropSession.Line};s=Many.{item}"),
            TimeSpan.Zero);

        await Eventually.TrueAsync(() => run.Sink.Count >= Items * ValuesOfEach, run.Describe, NodeOpcUa.Patience);
        await run.StopAsync();

        Assert.Empty(run.Sink.Refused);
        Assert.Empty(run.Sink.Losses);
        Assert.Equal(0, run.Runner.Counters.Overflows);
        var times = new HashSet<(double N, UaDateTime Time)>();
        foreach (var item in run.Sink.Rows.GroupBy(row => row.Handle))
        {
            // Many.i is n + i / 4096, and n is one more each interval.
            var values = item
                .Select(row => (N: row.Value.Value.AsDouble()!.Value - (item.Key / 4096.0), row.Value))
                .ToList();
            Assert.Equal(
                Enumerable.Range(0, values.Count).Select(n => values[0].N + n), values.Select(value => value.N));
            times.UnionWith(values.Select(value => (value.N, value.Value.SourceTime)));
        }

        Assert.Equal(Items, run.Sink.Rows.Select(row => row.Handle).Distinct().Count());
        Assert.Equal(times.Count, times.Select(time => time.N).Distinct().Count());
    }
}
