using System.Globalization;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Readers;
using EdgeAgent.Simulator.Script;
using Fraction = EdgeAgent.Core.Kpi.Numbers.Fraction;

namespace EdgeAgent.Commands.Demo;

/// <summary>Holds what the agent computed against what the simulator's script knows.</summary>
internal static class DemoComparison
{
    // 0.1 % of the truth.
    private static readonly Fraction Tolerance = new(1, 1000);

    public static IReadOnlyList<DemoKpi> Compare(KpiReader kpis, KpiPeriod period, PlantTruth truth)
    {
        var truths = truth.Kpis;
        var oee = kpis.Compute(KpiCatalogue.Oee, KpiScope.Plant, period);
        return
        [
            Of(kpis, KpiCatalogue.EquipmentNetworking, period, truth.AllEquipment.Rate),
            Of(kpis, KpiCatalogue.DigitalEquipmentNetworking, period, truth.DigitalEquipment.Rate),
            Of(kpis, KpiCatalogue.KeyEquipmentNetworking, period, truth.KeyEquipment.Rate),
            Of(oee.Value, oee.Coverage, truths.Oee),
            Of(Part(oee, KpiCatalogue.Availability), oee.Coverage, truths.Availability),
            Of(Part(oee, KpiCatalogue.Effectiveness), oee.Coverage, truths.Effectiveness),
            Of(Part(oee, KpiCatalogue.QualityRatio), oee.Coverage, truths.QualityRatio),
            Of(kpis, KpiCatalogue.DefectRate, period, truths.DefectRate),
            Of(kpis, KpiCatalogue.EnergyPerOutput, period, truth.EnergyPerOutputValue),
        ];
    }

    private static KpiValue Part(KpiResult result, KpiDefinition kpi) =>
        result.Parts.First(part => part.Kpi.Id == kpi.Id);

    private static DemoKpi Of(
        KpiReader kpis, KpiDefinition kpi, KpiPeriod period, Simulator.Script.Fraction? truth)
    {
        var result = kpis.Compute(kpi, KpiScope.Plant, period);
        return Of(result.Value, result.Coverage, truth);
    }

    private static DemoKpi Of(KpiValue value, Coverage coverage, Simulator.Script.Fraction? truth)
    {
        Fraction? known = truth is { } ratio ? new Fraction(ratio.Numerator, ratio.Denominator) : null;
        if (value.Kpi.Unit == "%")
        {
            known *= 100;
        }

        var deviation = value.Exact is { } exact && known is { IsZero: false } expected
            ? Absolute(exact - expected) / Absolute(expected)
            : (Fraction?)null;
        return new(
            value.Kpi.Id,
            value.Kpi.NameZh,
            Text(value.Exact),
            Text(known),
            value.Kpi.Unit,
            Text(deviation),
            Text(coverage.Share),
            deviation is { } difference ? difference <= Tolerance : value.Exact == known);
    }

    private static Fraction Absolute(Fraction value) => value < Fraction.Zero ? -value : value;

    private static string? Text(Fraction? value) => value?.ToDecimal().ToString(CultureInfo.InvariantCulture);
}
