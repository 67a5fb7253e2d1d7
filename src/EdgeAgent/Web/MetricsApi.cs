using System.Diagnostics.Metrics;
using EdgeAgent.Sinks;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>Publishes the agent's counters as instruments of the meter "EdgeAgent", and at /metrics as text.</summary>
internal static class MetricsApi
{
    public static void Map(WebApplication app, Agent agent)
    {
        // One meter an agent, so that two agents in one process (as in tests) do not show each other's figures.
        var meter = new Meter($"EdgeAgent.{agent.Config.Agent.Id}.{Guid.NewGuid():N}");
        var text = new MetricsText(meter.Name);
        AddSamples(meter, agent);
        SourceMetrics.Add(meter, agent);
        AddOutbox(meter, agent);
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            text.Dispose();
            meter.Dispose();
        });
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return context.Response.WriteAsync(text.Render());
        });
    }

    private static void AddSamples(Meter meter, Agent agent)
    {
        meter.CreateObservableCounter(
            "edgeagent.samples.captured", () => agent.Sources.Sum(source => source.Queue.CapturedSamples),
            description: "Samples decoded by the sources.");
        meter.CreateObservableCounter(
            "edgeagent.samples.durable", () => agent.Journal.Status().DurableSamples,
            description: "Samples whose fsync has returned.");
        meter.CreateObservableCounter(
            "edgeagent.gaps.durable", () => agent.Journal.Status().DurableGaps, description: "Gap records stored.");
        meter.CreateObservableCounter(
            "edgeagent.journal.written.bytes", () => agent.Journal.Status().DurableBytes,
            description: "Bytes written for samples and gaps: the wear of the disk.");
        meter.CreateObservableGauge(
            "edgeagent.journal.stored.bytes", () => agent.Journal.Status().StoredBytes,
            description: "Size of all segments.");
        meter.CreateObservableGauge(
            "edgeagent.journal.state", () => (long)agent.Journal.Status().State,
            description: "0 healthy, 1 suspect, 2 disk full, 3 budget reached, 4 stopped.");
        meter.CreateObservableGauge(
            "edgeagent.reader.backlog", () => Backlogs(agent),
            description: "Durable entries a reader has not read yet.");
    }

    private static void AddOutbox(Meter meter, Agent agent)
    {
        long Read(Func<OutboxCounters, long> value)
        {
            try
            {
                return value(agent.Outbox.ReadCounters());
            }
            catch (OutboxException)
            {
                return -1; // Not readable now; /healthz says why.
            }
        }

        meter.CreateObservableGauge(
            "edgeagent.outbox.queued", () => Read(counters => counters.Queued), description: "Messages to be sent.");
        meter.CreateObservableGauge(
            "edgeagent.outbox.parked", () => Read(counters => counters.Parked),
            description: "Messages the broker will not have for now.");
        if (agent.Publisher is { } publisher)
        {
            meter.CreateObservableCounter(
                "edgeagent.messages.published", () => publisher.Published,
                description: "Messages the broker acknowledged.");
            meter.CreateObservableCounter(
                "edgeagent.messages.sent", () => publisher.Sent, description: "Messages sent, repetitions included.");
        }

        if (agent.TimeSeries is { } series)
        {
            meter.CreateObservableCounter(
                "edgeagent.series.written", () => series.Written, description: "Samples the time-series server took.");
            meter.CreateObservableCounter(
                "edgeagent.series.rejected", () => series.Rejected, description: "Samples it would not have.");
        }
    }

    private static IEnumerable<Measurement<long>> Backlogs(Agent agent)
    {
        yield return new(agent.Kpis.Backlog, Label("reader", "kpi"));
        if (agent.TimeSeriesCursor is { } cursor)
        {
            yield return new(cursor.Backlog, Label("reader", "time-series"));
        }
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
