using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>OEE and its factors.</summary>
internal sealed record OeeOutcome(
    KpiValue Oee,
    KpiValue Availability,
    KpiValue Effectiveness,
    KpiValue Quality,
    ImmutableArray<string> ProductsWithoutRunTime,
    KpiFlags Flags);
