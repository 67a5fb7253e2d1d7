using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Formulas;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>The defect rate of the work units of a scope that count what they make.</summary>
internal static class DefectEvaluation
{
    public static KpiResult Compute(PlantView plant, KpiScope scope, KpiPeriod period, MinuteSpan span)
    {
        var verdict = new Verdict();
        var terms = new List<DefectTerms>();
        var (coverage, counters) = (default(Coverage), 0);
        foreach (var index in plant.UnitsIn(scope, span))
        {
            var unit = plant.Model.WorkUnits[index];
            if (unit.ProducedTag is null)
            {
                continue;
            }

            if (UnitSums.Of(plant, index, span, verdict) is not { } sums)
            {
                return verdict.Conclude(
                    scope, period, KpiValue.Null(KpiCatalogue.DefectRate, Grain.NotHeld), [], default, default, "");
            }

            coverage += sums.CounterCoverage;
            if (!sums.HasCounts)
            {
                verdict.Missing($"'{sums.Device}' has no data and is left out");
                continue;
            }

            counters += sums.TagCount;
            terms.Add(new(
                sums.Device, sums.Total.Produced,
                unit.GoodTag is null ? null : sums.Total.Good,
                unit.ScrapTag is null ? null : sums.Total.Scrap,
                unit.ReworkTag is null ? null : sums.Total.Rework,
                unit.ReworkScrapTag is null ? null : sums.Total.ReworkScrap));
        }

        var policy = plant.Model.Parameters.DefectPolicy;
        var (value, reasons) = DefectFormula.Evaluate(terms, policy);
        reasons.ForEach(verdict.Missing);
        if (terms.Count == 0)
        {
            value = KpiValue.Null(KpiCatalogue.DefectRate, "no work unit has counts");
        }

        return verdict.Conclude(
            scope, period, value, [], coverage, new(counters, 0, 0),
            policy == DefectPolicy.FirstPass ? "first-pass: scrap and rework" : "final: scrap, and rework scrapped");
    }
}
