using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Formulas;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>OEE of the work units of a scope: their sums, never the mean of their ratios.</summary>
internal static class OeeEvaluation
{
    /// <param name="plant">Where the measures are.</param>
    /// <param name="scope">Which work units.</param>
    /// <param name="period">As asked.</param>
    /// <param name="span">The same in minutes.</param>
    /// <param name="plannedBusy">PBT per work unit, in microseconds, in place of the calendar's.</param>
    public static KpiResult Compute(
        PlantView plant, KpiScope scope, KpiPeriod period, MinuteSpan span, long? plannedBusy)
    {
        var verdict = new Verdict();
        var products = plant.Model.Products.ToDictionary(product => product.Id, StringComparer.Ordinal);
        var terms = new List<OeeTerms>();
        var (coverage, inputs, outside, used) = (default(Coverage), default(InputOrigins), 0L, new HashSet<string>());
        foreach (var index in plant.UnitsIn(scope, span))
        {
            if (UnitSums.Of(plant, index, span, verdict) is not { } unit)
            {
                return verdict.Conclude(
                    scope, period, KpiValue.Null(KpiCatalogue.Oee, Grain.NotHeld), [], default, default, "");
            }

            var planned = plannedBusy ?? unit.PlannedBusy;
            outside += unit.Time.ProductionOutsidePlan;
            coverage += new Coverage(planned, unit.Time.Good, unit.Time.Uncertain, unit.Time.Bad);
            if (planned > 0 && !unit.HasStates && !unit.HasCounts)
            {
                verdict.Missing($"'{unit.Device}' has no data and is left out");
                continue;
            }

            if (plant.Model.WorkUnits[index] is { ProducedTag: null } or { StateTag: null })
            {
                verdict.Missing($"'{unit.Device}' has no state or no counter of items produced and is left out");
                continue;
            }

            ListUnmapped(plant.Book.Units[index], in unit, verdict);
            inputs = new(inputs.Measured + unit.TagCount, inputs.Derived + 1, inputs.Declared);
            used.UnionWith(unit.Products.Where(product => !product.Counts.Produced.IsZero)
                .Select(product => product.Product));
            terms.Add(new(
                unit.Device, planned, unit.Time.Production + unit.Time.ProductionOutsidePlan + unit.Time.MicroStop,
                [.. unit.Products.Select(product => new ProductTerms(
                    product.Product, products.GetValueOrDefault(product.Product)?.PlannedRunTime,
                        product.Counts.Produced,
                    unit.GoodOf(in product.Counts)))]));
        }

        var outcome = OeeFormula.Evaluate(terms);
        verdict.Flags |= outcome.Flags | (outside > 0 ? KpiFlags.ProductionOutsidePlan : 0);
        if (outside > 0)
        {
            verdict.Note(
                $"{(new Fraction(outside, 60_000_000)).ToDecimal():0.###} min of production lie outside the plan");
        }

        verdict.Judge(coverage, plant.Model.Parameters);
        var value = terms.Count == 0 && coverage.Expected > 0
            ? KpiValue.Null(KpiCatalogue.Oee, "no work unit has data")
            : outcome.Oee;
        return verdict.Conclude(
            scope, period, value, [outcome.Availability, outcome.Effectiveness, outcome.Quality], coverage,
            inputs with { Declared = used.Count }, Policy(plant, scope, span));
    }

    private static void ListUnmapped(WorkUnitBook book, in UnitSums unit, Verdict verdict)
    {
        if (unit.Time.Unmapped > 0)
        {
            verdict.Flags |= KpiFlags.UnmappedState;
            verdict.Note(
                $"'{unit.Device}' told states that rule '{book.Unit.StateRule}' does not know: "
                + string.Join(", ", book.Unmapped));
        }
    }

    private static string Policy(PlantView plant, KpiScope scope, MinuteSpan span)
    {
        var names = plant.UnitsIn(scope, span).Select(unit => plant.Model.WorkUnits[unit].StateRule).ToHashSet();
        var rules = string.Join(", ", plant.Model.StateRules.Where(rule => names.Contains(rule.Name))
            .Select(rule => $"{rule.Name} {rule.Version}"));
        var microStop = plant.Model.Parameters.MicroStop;
        return microStop > TimeSpan.Zero
            ? $"states by {rules}; stops under {microStop:c} are speed losses"
            : $"states by {rules}; every stop is a stop";
    }
}
