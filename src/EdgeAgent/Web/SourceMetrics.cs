using System.Diagnostics.Metrics;
using EdgeAgent.Sources.Modbus;
using EdgeAgent.Sources.OpcUa;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>The counters of the sources, each with the label "source".</summary>
internal static class SourceMetrics
{
    public static void Add(Meter meter, Agent agent)
    {
        AddModbus(new(meter, agent));
        AddOpcUa(new(meter, agent));
    }

    private static void AddModbus(Of<ModbusSource> add)
    {
        add.Counter("polls", "Polls that ended as samples.", source => source.Counters.Polls);
        add.Counter("polls.skipped", "Polls not made; each in a gap.", source => source.Counters.SkippedPolls);
        add.Counter("requests", "Requests sent.", source => source.Counters.Requests);
        add.Counter("timeouts", "Requests without an answer in time.", source => source.Counters.Timeouts);
        add.Counter("refusals", "Requests refused with an exception.", source => source.Counters.Refusals);
        add.Counter("garbled", "Answers to nothing asked.", source => source.Counters.GarbledAnswers);
        add.Counter("connections", "Connections opened.", source => source.Counters.Connections);
    }

    private static void AddOpcUa(Of<OpcUaSource> add)
    {
        add.Counter("opcua.values", "Values received.", source => source.Counters.Values);
        add.Counter("opcua.bad", "Values received that are Bad.", source => source.Counters.Bad);
        add.Counter("opcua.unfit", "Values of another type than their tag.", source => source.Counters.Unfit);
        add.Counter("opcua.overflows", "Values with the overflow bit.", source => source.Counters.Overflows);
        add.Counter("opcua.resent", "Values got by Republish.", source => source.Counters.Resent);
        add.Counter("opcua.backfilled", "Values got from history.", source => source.Counters.Backfilled);
        add.Counter("opcua.confirmed", "Unchanged values read again.", source => source.Counters.Confirmed);
        add.Counter("opcua.lost", "Values without room; each in a gap.", source => source.Counters.Lost);
        add.Counter("opcua.gaps", "Gap records written.", source => source.Counters.Gaps);
        add.Counter("opcua.messages", "Notification messages.", source => source.FeedCounters?.Messages ?? 0);
        add.Counter("opcua.keepalives", "Messages without news.", source => source.FeedCounters?.KeepAlives ?? 0);
        add.Counter("opcua.republished", "Messages got by Republish.", source => source.FeedCounters?.Resent ?? 0);
        add.Counter("opcua.polls", "Reads made in place of subscriptions.", source => source.FeedCounters?.Polls ?? 0);
        add.Counter("opcua.connects", "Connections made.", source => source.FeedCounters?.Connects ?? 0);
        add.Counter(
            "opcua.connect.failures", "Connections not made.", source => source.FeedCounters?.ConnectFailures ?? 0);
        add.Counter("opcua.withheld", "Times no news was asked for.", source => source.FeedCounters?.Withheld ?? 0);
        add.Counter("opcua.sent.bytes", "Bytes sent to the server.", source => source.Bytes.Sent);
        add.Counter("opcua.received.bytes", "Bytes received from the server.", source => source.Bytes.Received);
        add.Gauge("opcua.items", "Tags monitored or polled now.", source => source.FeedCounters?.Items ?? 0);
        add.Gauge(
            "opcua.items.refused", "Tags the server refuses now.", source => source.FeedCounters?.RefusedItems ?? 0);
        add.Gauge("opcua.tags.silent", "Tags of which nothing is heard.", source => source.SilentCount);
        add.Gauge(
            "opcua.clock.offset.milliseconds", "The server's clock minus ours.",
            source => (long)(source.ClockOffset?.TotalMilliseconds ?? 0));
    }

    private sealed class Of<T>(Meter meter, Agent agent)
        where T : class
    {
        public void Counter(string name, string description, Func<T, long> value) =>
            meter.CreateObservableCounter($"edgeagent.source.{name}", () => Read(value), description: description);

        public void Gauge(string name, string description, Func<T, long> value) =>
            meter.CreateObservableGauge($"edgeagent.source.{name}", () => Read(value), description: description);

        private IEnumerable<Measurement<long>> Read(Func<T, long> value) =>
            from pump in agent.Sources
            let source = pump.Source as T
            where source is not null
            select new Measurement<long>(
                value(source), new KeyValuePair<string, object?>("source", pump.Source.Name));
    }
}
