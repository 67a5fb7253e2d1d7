using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi;

/// <summary>The time a result speaks of, half-open, on whole minutes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it.</param>
/// <param name="Name">"2026-03" for a month, "2026-03-01" for a day, "2026-03-01/night" for a shift; else
/// empty.</param>
public sealed record KpiPeriod(PeriodKind Kind, UtcTime From, UtcTime To, string Name = "")
{
    public static KpiPeriod Span(UtcTime from, UtcTime to) => new(PeriodKind.Span, from, to);
}
