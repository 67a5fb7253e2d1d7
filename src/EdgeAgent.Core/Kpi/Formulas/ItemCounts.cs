using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>Counts in the unit of their counters: items, or tonnes where a counter has decimals.</summary>
internal readonly record struct ItemCounts(
    Fraction Produced, Fraction Good, Fraction Scrap, Fraction Rework, Fraction ReworkScrap)
{
    public static ItemCounts operator +(ItemCounts left, ItemCounts right) => new(
        left.Produced + right.Produced, left.Good + right.Good, left.Scrap + right.Scrap, left.Rework + right.Rework,
        left.ReworkScrap + right.ReworkScrap);
}
