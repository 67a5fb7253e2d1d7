using System.Collections.Immutable;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// Everything a KPI depends on besides samples and gaps: the ledger, the calendar, the rules and what people entered.
/// Immutable. Two engines with equal models and equal input give equal results to the last digit.
/// </summary>
public sealed record KpiModel
{
    public required PlantCalendar Calendar { get; init; }

    /// <summary>The point table (点表). A tag's device must be in <see cref="Ledger"/>.</summary>
    public ImmutableArray<Tag> Tags { get; init; } = [];

    /// <summary>The asset ledger (设备台账): the denominator of every networking rate.</summary>
    public ImmutableArray<LedgerDevice> Ledger { get; init; } = [];

    public ImmutableArray<WorkUnit> WorkUnits { get; init; } = [];

    public ImmutableArray<StateRule> StateRules { get; init; } = [];

    public ImmutableArray<Product> Products { get; init; } = [];

    public ImmutableArray<EnergyMeter> Meters { get; init; } = [];

    public ImmutableArray<ValueEntry> Entries { get; init; } = [];

    public KpiParameters Parameters { get; init; } = new();
}
