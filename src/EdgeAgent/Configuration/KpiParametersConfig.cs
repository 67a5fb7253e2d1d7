using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Configuration;

/// <summary>
/// kpi/parameters.json: the choices a plant makes once. The defaults, with their reasons, are those of the engine.
/// </summary>
internal sealed record KpiParametersConfig
{
    private static readonly Choices<DefectPolicy> DefectPolicies = new(
        (DefectPolicy.FirstPass, ["first-pass"]), (DefectPolicy.Final, ["final"]));

    public static KpiParametersConfig Default { get; } = Read(JsonSection.Empty());

    public required CoalBasis CoalBasis { get; init; }

    public required TimeSpan EvidenceWindow { get; init; }

    public required decimal QualifiedShare { get; init; }

    public required DefectPolicy DefectPolicy { get; init; }

    public required TimeSpan MicroStop { get; init; }

    public required decimal CoverageFull { get; init; }

    public required decimal CoverageFloor { get; init; }

    public static KpiParametersConfig Read(JsonSection json)
    {
        var defaults = new KpiParameters();
        var config = new KpiParametersConfig
        {
            CoalBasis = json["coalBasis"].Choice(defaults.CoalBasis, CoalBases.Words),
            EvidenceWindow = json["evidenceWindow"].Duration(
                defaults.EvidenceWindow, TimeSpan.FromHours(1), TimeSpan.FromDays(366)),
            QualifiedShare = json["qualifiedShare"].Decimal(defaults.QualifiedShare, 0, 1),
            DefectPolicy = json["defectPolicy"].Choice(defaults.DefectPolicy, DefectPolicies),
            MicroStop = json["microStop"].Duration(defaults.MicroStop, TimeSpan.Zero, KpiParameters.MicroStopMax),
            CoverageFull = json["coverageFull"].Decimal(defaults.CoverageFull, 0, 1),
            CoverageFloor = json["coverageFloor"].Decimal(defaults.CoverageFloor, 0, 1),
        };
        if (config.CoverageFloor > config.CoverageFull)
        {
            json["coverageFloor"].Error(
                ($"（{config.CoverageFloor}）大于 coverageFull（{config.CoverageFull}）",
                    $"({config.CoverageFloor}) is more than coverageFull ({config.CoverageFull})"),
                ($"不大于 {config.CoverageFull}", $"at most {config.CoverageFull}"));
        }

        json.Finish();
        return config;
    }
}
