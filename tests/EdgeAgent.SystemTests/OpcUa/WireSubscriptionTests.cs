using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>What a subscription delivers under None, compared with what tshark decodes of the same packets.</summary>
[Collection(InteropCollection.Name)]
public sealed class WireSubscriptionTests(InteropRig rig)
{
    // NaN is unlike itself, so that node-opcua reports it anew each time it looks.
    private static readonly Dictionary<string, Variant> Scalars = InteropValues.Scalars
        .Where(pair => !pair.Key.EndsWith("NaN", StringComparison.Ordinal))
        .ToDictionary();

    [Fact]
    public async Task Every_notification_is_delivered_in_order_as_tshark_decodes_it()
    {
        var server = await rig.ServerAsync();
        await using var wire = await Tshark.CaptureAsync(server.Port);
        string[] addresses =
        [
            $"nsu={InteropSession.Line};s=Counter",
            $"nsu={InteropSession.Line};s=Real",
            "nsu=urn:edgeagent:peer:press;s=Counter",
            .. Scalars.Keys.Select(name => $"nsu={InteropSession.Line};s=Scalar.{name}"),
            .. from name in new[] { "BadNoValue", "BadWithValue", "Uncertain", "GoodLocalOverride" }
               select $"nsu={InteropSession.Line};s=Status.{name}",
        ];
        var all = Enumerable.Range(0, addresses.Length).Select(handle => (uint)handle).ToArray();
        await using var run = new InteropRun(
            rig.Client, InteropClient.None(server), new() { PublishingInterval = TimeSpan.FromMilliseconds(200) },
            addresses, TimeSpan.Zero);

        await run.WaitForMoreAsync(1, all);
        await run.WaitForMoreAsync(5, 0, 1, 2);
        await run.StopAsync();
        await wire.StopAsync();

        Assert.Empty(run.Sink.Refused);
        Assert.Empty(run.Sink.Losses);
        var delivered = run.Sink.Rows.Select(row => $"{row.Handle} {WireText.Of(row.Value)}").ToList();
        var decoded = (await wire.ReadValuesAsync(Tshark.PublishResponse))
            .Select(value => value with { SourcePicoseconds = 0, ServerPicoseconds = 0 })
            .Select(value => $"{value.Handle} {value}")
            .ToList();

        // What the server still sent while the subscription was being ended is nobody's any more.
        Assert.InRange(delivered.Count, all.Length + 15, decoded.Count);
        Assert.Equal(decoded.Take(delivered.Count), delivered);
        Assert.All(run.Sink.Rows, row => Assert.Equal(ValueOrigin.Live, row.Origin));
        ExpectConstants(run.Sink);
    }

    [Fact]
    public async Task A_reading_that_is_reported_again_is_no_change()
    {
        var server = await rig.ServerAsync();
        await using var run = new InteropRun(
            rig.Client, InteropClient.None(server), new() { PublishingInterval = TimeSpan.FromMilliseconds(200) },
            [$"nsu={InteropSession.Line};s=Scalar.Double.NaN"], TimeSpan.Zero);

        await run.WaitForMoreAsync(4, 0);
        await run.StopAsync();

        Assert.Single(run.Sink.Rows, row => row.Origin == ValueOrigin.Live);
        Assert.All(run.Sink.Rows, row => Assert.Equal(
            WireText.Of(InteropValues.Scalars["Double.NaN"]), WireText.Of(row.Value.Value)));
    }

    private static void ExpectConstants(InteropSink sink)
    {
        foreach (var ((name, expected), index) in Scalars.Select((pair, index) => (pair, index)))
        {
            var value = sink.Rows.First(row => row.Handle == index + 3).Value;
            Assert.Equal($"{name} {WireText.Of(expected)}", $"{name} {WireText.Of(value.Value)}");
        }
    }
}
