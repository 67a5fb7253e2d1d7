using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>An engine with a short way to feed it.</summary>
internal sealed class KpiRun(KpiModel model, KpiEngine? engine = null)
{
    private readonly SampleBatchPool _pool = new(1024, 1);
    private readonly TagTable _table = new(model.Tags);

    public KpiModel Model { get; } = model;

    public KpiEngine Engine { get; } = engine ?? new(model);

    public KpiRun Add(string tag, DateTimeOffset time, long value, StatusCode status = default) =>
        Add(tag, UtcTime.From(time), value, status);

    public KpiRun Add(string tag, DateTimeOffset time, double value, StatusCode status = default) =>
        Add(tag, UtcTime.From(time), Sample.BitsOf(value), status);

    public KpiRun Add(string tag, UtcTime time, long bits, StatusCode status)
    {
        var batch = _pool.Rent(_table);
        batch.Add(_table.IndexOf(tag), UtcTime.None, UtcTime.None, time, status, bits);
        return Process(batch);
    }

    public KpiRun AddText(string tag, DateTimeOffset time, string? text, StatusCode status = default)
    {
        var batch = _pool.Rent(_table);
        batch.AddText(_table.IndexOf(tag), UtcTime.None, UtcTime.None, UtcTime.From(time), status, text);
        return Process(batch);
    }

    public KpiRun Lose(string scope, DateTimeOffset from, DateTimeOffset to)
    {
        Engine.Process(new Gap(scope, UtcTime.From(from), UtcTime.From(to), GapCause.SourceOffline));
        return this;
    }

    public KpiResult Compute(KpiDefinition kpi, DateTimeOffset from, DateTimeOffset to, TimeSpan? plannedBusy = null) =>
        Compute(kpi, KpiScope.Plant, from, to, plannedBusy);

    public KpiResult Compute(
        KpiDefinition kpi, KpiScope scope, DateTimeOffset from, DateTimeOffset to, TimeSpan? plannedBusy = null) =>
        Engine.Compute(kpi, scope, KpiPeriod.Span(UtcTime.From(from), UtcTime.From(to)), plannedBusy);

    private KpiRun Process(SampleBatch batch)
    {
        Engine.Process(batch);
        batch.Release();
        return this;
    }
}
