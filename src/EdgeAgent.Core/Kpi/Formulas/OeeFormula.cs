using System.Collections.Immutable;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>
/// OEE by ISO 22400-2, from sums: sum(PRI*GQ) / PBT. Never a product of rounded factors and never a mean of ratios.
/// </summary>
internal static class OeeFormula
{
    private const string Time = "us";

    /// <summary>Work units without planned time take no part.</summary>
    public static OeeOutcome Evaluate(IReadOnlyList<OeeTerms> all)
    {
        var units = all.Where(unit => unit.PlannedBusy > 0).ToList();
        if (units.Count == 0)
        {
            const string reason = "no planned time";
            return new(
                KpiValue.Null(KpiCatalogue.Oee, reason), KpiValue.Null(KpiCatalogue.Availability, reason),
                KpiValue.Null(KpiCatalogue.Effectiveness, reason), KpiValue.Null(KpiCatalogue.QualityRatio, reason), [],
                KpiFlags.None);
        }

        Fraction planned = units.Aggregate(Int128.Zero, (sum, unit) => sum + unit.PlannedBusy);
        Fraction production = units.Aggregate(Int128.Zero, (sum, unit) => sum + unit.Production);
        var made = units.SelectMany(unit => unit.Products)
            .Where(product => !product.Produced.IsZero || product.Good > Fraction.Zero)
            .ToList();
        var availability = KpiValue.Ratio(
            KpiCatalogue.Availability, new(production, Time), new(planned, Time), "no planned time");

        var withoutRunTime = made.Where(product => product.PlannedRunTime is null)
            .Select(product => product.Product).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var flags = withoutRunTime.IsEmpty ? KpiFlags.None : KpiFlags.PlannedRunTimeMissing;
        flags |= production > planned ? KpiFlags.ProductionAbovePlan : 0;
        var uncounted = made.Any(product => product.Good is null);
        if (!withoutRunTime.IsEmpty)
        {
            var reason = $"no planned run time for {string.Join(", ", withoutRunTime.Select(Name))}";
            return new(
                KpiValue.Null(KpiCatalogue.Oee, reason), availability,
                    KpiValue.Null(KpiCatalogue.Effectiveness, reason),
                UnweightedQuality(made, uncounted, reason), withoutRunTime, flags);
        }

        var produced = Weighted(made, product => product.Produced);
        var effectiveness = KpiValue.Ratio(
            KpiCatalogue.Effectiveness, new(produced, Time), new(production, Time), "no production time");
        flags |= effectiveness.Exact > 100 ? KpiFlags.EffectivenessAbove100 : 0;
        if (uncounted)
        {
            const string reason = "good items are not counted";
            return new(
                KpiValue.Null(KpiCatalogue.Oee, reason), availability, effectiveness,
                KpiValue.Null(KpiCatalogue.QualityRatio, reason), [], flags);
        }

        var good = Weighted(made, product => product.Good!.Value);
        return new(
            KpiValue.Ratio(KpiCatalogue.Oee, new(good, Time), new(planned, Time), "no planned time"), availability,
            effectiveness,
            KpiValue.Ratio(KpiCatalogue.QualityRatio, new(good, Time), new(produced, Time), "nothing produced"),
                [], flags);
    }

    private static Fraction Weighted(List<ProductTerms> products, Func<ProductTerms, Fraction> count) =>
        products.Aggregate(
            Fraction.Zero, (sum, product) => sum + (product.PlannedRunTime!.Value * count(product)));

    // With one product the weights cancel out.
    private static KpiValue UnweightedQuality(List<ProductTerms> made, bool uncounted, string reason)
    {
        if (uncounted || made.Select(product => product.Product).Distinct().Count() > 1)
        {
            return KpiValue.Null(KpiCatalogue.QualityRatio, uncounted ? "good items are not counted" : reason);
        }

        return KpiValue.Ratio(
            KpiCatalogue.QualityRatio,
            new(made.Aggregate(Fraction.Zero, (sum, product) => sum + product.Good!.Value), "items"),
            new(made.Aggregate(Fraction.Zero, (sum, product) => sum + product.Produced), "items"), "nothing produced");
    }

    private static string Name(string product) => product.Length == 0 ? "an unknown product" : $"product '{product}'";
}
