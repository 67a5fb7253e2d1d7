using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Formulas;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>Comprehensive energy consumption of a scope, and per output value.</summary>
internal static class EnergyEvaluation
{
    private static readonly Dictionary<string, Fraction> CoalUnits = new(StringComparer.Ordinal)
    {
        ["tce"] = Fraction.One,
        ["kgce"] = new Fraction(1, 1000),
    };

    private static readonly Dictionary<string, Fraction> MoneyUnits = new(StringComparer.Ordinal)
    {
        ["万元"] = Fraction.One,
        ["元"] = new Fraction(1, 10_000),
        ["亿元"] = 10_000,
    };

    public static KpiResult Compute(
        PlantView plant, KpiDefinition kpi, KpiScope scope, KpiPeriod period, MinuteSpan span)
    {
        var verdict = new Verdict();
        var meters = new List<EnergyTerms>();
        var coverage = default(Coverage);
        foreach (var index in MainMeters(plant, scope))
        {
            var meter = plant.Model.Meters[index];
            if (meter.Coefficients.IsEmpty)
            {
                continue;
            }

            if (!plant.Book.Meters[index].TrySum(span.From, span.To, out var amount)
                || !plant.Tracker.CoverageOf(plant.MeterSlots[index]).TrySum(span.From, span.To, out var known))
            {
                return verdict.Conclude(scope, period, KpiValue.Null(kpi, Grain.NotHeld), [], default, default, "");
            }

            coverage += new Coverage(span.Length * Minutes.Microseconds, known.Good, known.Uncertain, known.Bad);
            if (Terms(plant, index, amount, in known, span, verdict) is { } terms)
            {
                meters.Add(terms);
            }
        }

        var declared = Declared(plant, scope, period, verdict);
        var policy = plant.Model.Parameters.CoalBasis == CoalBasis.Calorific ? "当量值" : "等价值";
        if (meters.Count == 0 && declared.Count == 0)
        {
            return verdict.Conclude(
                scope, period, KpiValue.Null(kpi, "no energy is known for the period"), [], coverage, default, policy);
        }

        var (total, parts) = EnergyFormula.Evaluate(meters, declared);
        var value = KpiValue.Sum(KpiCatalogue.EnergyTotal, new(total, "tce"));
        var inputs = new InputOrigins(meters.Count, 0, meters.Count + declared.Count);
        if (kpi.Id == KpiCatalogue.EnergyPerOutput.Id)
        {
            parts = [value, .. parts];
            value = PerOutput(plant, scope, period, total);
            inputs = inputs with { Declared = inputs.Declared + 1 };
        }

        return verdict.Conclude(scope, period, value, parts, coverage, inputs, policy);
    }

    // The topmost meters of the scope: what hangs below one of them is in it already.
    private static IEnumerable<int> MainMeters(PlantView plant, KpiScope scope)
    {
        var inScope = plant.Model.Meters.Where(meter => scope.Contains(plant.TagDevices[meter.Tag]))
            .ToDictionary(meter => meter.Id, StringComparer.Ordinal);
        var parents = plant.Model.Meters.ToDictionary(meter => meter.Id, meter => meter.Parent, StringComparer.Ordinal);
        for (var i = 0; i < plant.Model.Meters.Length; i++)
        {
            var meter = plant.Model.Meters[i];
            var covered = false;
            for (var parent = meter.Parent; parent is not null && !covered; parent = parents[parent])
            {
                covered = inScope.ContainsKey(parent);
            }

            if (!covered && inScope.ContainsKey(meter.Id))
            {
                yield return i;
            }
        }
    }

    private static EnergyTerms? Terms(
        PlantView plant, int index, in MeterMeasures amount, in TagMeasures known, MinuteSpan span, Verdict verdict)
    {
        var meter = plant.Model.Meters[index];
        var slot = plant.MeterSlots[index];
        var basis = plant.Model.Parameters.CoalBasis;
        var coefficient = meter.Coefficients.FirstOrDefault(coefficient => coefficient.Basis == basis)
            ?? meter.Coefficients.FirstOrDefault(coefficient => coefficient.Basis is null);
        if (coefficient is null)
        {
            verdict.Missing($"meter '{meter.Id}' has no coefficient on the basis asked for and is left out");
            return null;
        }

        var timeline = plant.Tracker.CoverageOf(slot);
        verdict.JudgeLate(meter.Tag, in known);
        if (known.Good + known.Uncertain == 0 && !(timeline.TryEndingAt(span.To, out var last) && last.KnownAtEnd > 0))
        {
            verdict.Missing($"meter '{meter.Id}' has no usable sample in the period and is left out");
            return null;
        }

        verdict.JudgeEdges(meter.Tag, timeline, span);
        return new(
            meter.Id, meter.Carrier, meter.Flow,
                Fraction.FromMantissa(amount.Amount, plant.Tracker.Slots[slot].Decimals),
            plant.TagUnits[meter.Tag], coefficient.KgcePerUnit);
    }

    private static List<(string Series, Fraction Tce)> Declared(
        PlantView plant, KpiScope scope, KpiPeriod period, Verdict verdict)
    {
        var declared = new List<(string Series, Fraction Tce)>();

        // Entries speak of the plant; nobody says how they divide.
        if (scope.Kind != ScopeKind.Plant)
        {
            return declared;
        }

        var series = plant.Model.Entries
            .Where(entry => entry.Indicator == ValueEntry.Energy
                || entry.Indicator.StartsWith(ValueEntry.Energy + "/", StringComparison.Ordinal))
            .GroupBy(entry => entry.Indicator).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var entries in series)
        {
            if (EntryTiling.Find(entries, period) is not { } found)
            {
                verdict.Missing($"no entries of '{entries.Key}' make up exactly this period");
            }
            else if (!EntryTiling.TrySum(found, CoalUnits, out var tce, out var unit))
            {
                verdict.Missing($"'{entries.Key}' is entered in '{unit}'; use tce or kgce");
            }
            else
            {
                declared.Add((entries.Key, tce));
            }
        }

        return declared;
    }

    private static KpiValue PerOutput(PlantView plant, KpiScope scope, KpiPeriod period, Fraction total)
    {
        var kpi = KpiCatalogue.EnergyPerOutput;
        if (scope.Kind != ScopeKind.Plant)
        {
            return KpiValue.Null(kpi, "output value is entered for the plant only");
        }

        var entries = plant.Model.Entries.Where(entry => entry.Indicator == ValueEntry.OutputValue);
        if (EntryTiling.Find(entries, period) is not { } found)
        {
            return KpiValue.Null(kpi, $"no entries of '{ValueEntry.OutputValue}' make up exactly this period");
        }

        return EntryTiling.TrySum(found, MoneyUnits, out var output, out var unit)
            ? KpiValue.Ratio(kpi, new(total, "tce"), new(output, "万元"), "output value is 0")
            : KpiValue.Null(kpi, $"output value is entered in '{unit}'; use 万元");
    }
}
