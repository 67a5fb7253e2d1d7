using System.Globalization;
using System.Reflection;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.Sinks.TimeSeries;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>/api/status says how the agent is; /healthz says in one word whether it still works.</summary>
internal static class StatusApi
{
    public static void Map(WebApplication app, Agent agent)
    {
        app.MapGet("/api/status", context =>
            context.Response.WriteAsJsonAsync(Report(agent), WebJson.Default.StatusReport));
        app.MapGet("/healthz", context =>
        {
            var health = Health(agent);

            // Only "stuck" calls for a restart: a broker that is away does not come back by restarting us.
            context.Response.StatusCode =
                health.IsStuck ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return context.Response.WriteAsJsonAsync(new(health.Word, health.Reasons), WebJson.Default.HealthReport);
        });
    }

    public static StatusReport Report(Agent agent)
    {
        var journal = agent.Journal.Status();
        var health = Health(agent);
        var perSample = journal.DurableSamples == 0
            ? "-"
            : ((decimal)journal.DurableBytes / journal.DurableSamples).ToString("F2", CultureInfo.InvariantCulture);
        return new(
            agent.Config.Agent.Id,
            agent.Config.Agent.Name,
            Version,
            agent.StartedAt.ToString(),
            UtcTime.Now(agent.Clock).ToString(),
            health.Word,
            health.Reasons,
            agent.Sources.Sum(source => source.Queue.CapturedSamples),
            journal.DurableSamples,
            new(
                journal.State.ToString(), journal.Reason, journal.StoredBytes, agent.Config.Agent.Journal.BudgetBytes,
                perSample, journal.NextSequence),
            Outbox(agent),
            [.. agent.Sources.Select(Source)],
            [.. Readers(agent)],
            [.. Ways(agent)]);
    }

    private static string Version { get; } = typeof(StatusApi).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static AgentHealth Health(Agent agent) => AgentHealth.Of(
        agent.Failed.IsCompleted,
        agent.Journal.Status(),
        agent.Sources.Select(source => source.Pulse),
        [agent.Kpis.Pulse],
        [
            .. from source in agent.Sources
               let trouble = source.Source.Trouble
               where trouble is not null
               select $"{source.Source.Name}: {trouble}",
            .. Ways(agent).Where(way => way.Detail.Length > 0).Select(way => $"{way.Name}: {way.Detail}"),
        ]);

    private static OutboxReport Outbox(Agent agent)
    {
        try
        {
            var counters = agent.Outbox.ReadCounters();
            return new(counters.Queued, counters.Published, counters.Parked);
        }
        catch (OutboxException)
        {
            // Its trouble is shown among the ways out.
            return new(0, 0, 0);
        }
    }

    private static SourceReport Source(SourcePump pump)
    {
        var figures = pump.Source.Figures;
        return new(
            pump.Source.Name,
            pump.Source.Trouble ?? figures.State,
            pump.Queue.CapturedSamples,
            figures.Bad,
            figures.Responses,
            figures.Missed,
            (long?)figures.ClockOffset?.TotalMilliseconds);
    }

    private static IEnumerable<ReaderReport> Readers(Agent agent)
    {
        yield return new("kpi", agent.Kpis.Position, agent.Kpis.Backlog);
        if (agent.TimeSeriesCursor is { } cursor)
        {
            yield return new("time-series", cursor.Position, cursor.Backlog);
        }
    }

    private static IEnumerable<WayOutReport> Ways(Agent agent)
    {
        if (agent.Outbox.Trouble is { } trouble)
        {
            yield return new("outbox", "failed", trouble.Message);
        }

        if (agent.Publisher?.Status is { } mqtt)
        {
            yield return new(
                "mqtt",
                mqtt.State.ToString(),
                mqtt.State == PublisherState.Connected ? "" : $"{mqtt.Reason} {mqtt.Remedy}");
        }

        if (agent.TimeSeries?.Status is { } series)
        {
            yield return new(
                "timeSeries", series.State.ToString(),
                series.State == WriterState.Writing ? "" : $"{series.Reason} {series.Remedy}");
        }
    }
}
