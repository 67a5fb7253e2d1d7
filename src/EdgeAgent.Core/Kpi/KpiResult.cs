using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>One figure with all that is needed to defend it.</summary>
public sealed record KpiResult
{
    public required KpiScope Scope { get; init; }

    public required KpiPeriod Period { get; init; }

    public required KpiValue Value { get; init; }

    /// <summary>The figures beneath: factors of OEE, evidence levels of networking, carriers of energy.</summary>
    public ImmutableArray<KpiValue> Parts { get; init; } = [];

    public required KpiStatus Status { get; init; }

    /// <summary>Why it is null or partial, and what else a reader must know; sentences for people.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    public KpiFlags Flags { get; init; }

    /// <summary>The choices behind the figure, for example "first-pass" or "当量值"; empty where there are none.</summary>
    public string Policy { get; init; } = "";

    public Coverage Coverage { get; init; }

    /// <summary>Where the inputs come from.</summary>
    public InputOrigins Inputs { get; init; }

    public KpiDefinition Kpi => Value.Kpi;
}
