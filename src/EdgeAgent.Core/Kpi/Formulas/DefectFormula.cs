using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>
/// Nonconforming items over items produced, paired machine by machine. First pass: SQ + RQ, or what is not good where
/// no scrap is counted. Final: SQ + rework scrapped in the end. Rework without a counter is undeclared and adds
/// nothing.
/// </summary>
internal static class DefectFormula
{
    private const string Items = "items";

    /// <returns>The rate, and what a reader must know about it.</returns>
    public static (KpiValue Value, List<string> Reasons) Evaluate(IReadOnlyList<DefectTerms> units, DefectPolicy policy)
    {
        var reasons = new List<string>();
        var (defects, produced) = (Fraction.Zero, Fraction.Zero);
        var known = 0;
        foreach (var unit in units)
        {
            if (DefectsOf(unit, policy, reasons) is not { } own)
            {
                reasons.Add($"'{unit.Unit}' counts neither scrap nor good items");
                continue;
            }

            known++;
            defects += own;
            produced += unit.Produced;
        }

        return known == 0
            ? (KpiValue.Null(KpiCatalogue.DefectRate, "nonconforming items are not counted"), reasons)
            : (KpiValue.Ratio(
                KpiCatalogue.DefectRate, new(defects, Items), new(produced, Items), "nothing produced"),
                reasons);
    }

    private static Fraction? DefectsOf(DefectTerms unit, DefectPolicy policy, List<string> reasons)
    {
        if (unit is { Good: { } good, Scrap: { } scrap, Rework: { } rework } && good + scrap + rework != unit.Produced)
        {
            reasons.Add(
                $"'{unit.Unit}': good, scrap and rework make {good + scrap + rework}, produced were {unit.Produced}");
        }

        if (policy == DefectPolicy.FirstPass)
        {
            return unit.Scrap is { } scrapped ? scrapped + (unit.Rework ?? Fraction.Zero) : unit.Produced - unit.Good;
        }

        if (unit.Scrap is not null && unit.ReworkScrap is null)
        {
            reasons.Add($"'{unit.Unit}': scrap after rework is not counted");
        }

        return unit.Scrap + (unit.ReworkScrap ?? Fraction.Zero);
    }
}
