using System.Collections.Immutable;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>E = sum(E_i * k_i): what was bought and what the plant made itself, less what it gave away.</summary>
internal static class EnergyFormula
{
    /// <param name="meters">Main meters only: what a sub-meter measures is in its parent already.</param>
    /// <param name="declared">tce entered by people, by series.</param>
    /// <returns>The total, and its parts: one sum in tce per carrier, purchased energy, each entered series.</returns>
    public static (Fraction Total, ImmutableArray<KpiValue> Parts) Evaluate(
        IReadOnlyList<EnergyTerms> meters, IReadOnlyList<(string Series, Fraction Tce)> declared)
    {
        var total = Fraction.Zero;
        var purchased = Fraction.Zero;
        var parts = ImmutableArray.CreateBuilder<KpiValue>();
        foreach (var carrier in meters.GroupBy(meter => meter.Carrier)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var sum = Fraction.Zero;
            foreach (var meter in carrier)
            {
                sum += meter.Flow == MeterFlow.Exported ? -meter.Tce : meter.Tce;
                purchased += meter.Flow == MeterFlow.Purchased ? meter.Tce : Fraction.Zero;
            }

            total += sum;
            parts.Add(Part(carrier.Key, $"{carrier.Key}", sum));
        }

        foreach (var (series, tce) in declared)
        {
            total += tce;
            purchased += tce;
            parts.Add(Part(series, series, tce));
        }

        parts.Add(Part("purchased", "外购", purchased));
        return (total, parts.ToImmutable());
    }

    private static KpiValue Part(string formula, string nameZh, Fraction tce) => KpiValue.Sum(
        KpiCatalogue.EnergyTotal with { FormulaId = $"sum(E_i*k_i)/{formula}", NameZh = nameZh, NameEn = formula },
        new(tce, "tce"));
}
