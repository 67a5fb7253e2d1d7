using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Readers;

/// <summary>One figure that is published for every period.</summary>
internal sealed record KpiFigure(KpiDefinition Kpi, KpiScope Scope);

/// <summary>
/// Which figures of which periods go out: every KPI of the plant, and OEE and defects of every work unit.
/// </summary>
internal sealed record KpiPublication
{
    public required IReadOnlySet<PeriodKind> Periods { get; init; }

    public required IReadOnlyList<KpiFigure> Figures { get; init; }

    public static KpiPublication Of(KpiModel model, IReadOnlySet<PeriodKind> periods) => new()
    {
        Periods = periods,
        Figures =
        [
            .. KpiCatalogue.All.Select(kpi => new KpiFigure(kpi, KpiScope.Plant)),
            .. from unit in model.WorkUnits
               from kpi in (KpiDefinition[])[KpiCatalogue.Oee, KpiCatalogue.DefectRate]
               select new KpiFigure(kpi, KpiScope.Device(unit.DeviceId)),
        ],
    };

    public bool Includes(KpiPeriod period) => Periods.Contains(period.Kind);
}
