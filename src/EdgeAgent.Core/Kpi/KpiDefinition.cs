namespace EdgeAgent.Core.Kpi;

/// <summary>What a figure is: the name people know and the formula that made it.</summary>
/// <param name="Id">Catalogue id, for example "oee-index".</param>
/// <param name="FormulaId">Which reading of the name; a KPI can have several, for example its evidence levels.</param>
/// <param name="FormulaVersion">Changed whenever the same input could give another value.</param>
/// <param name="NameZh">As printed on the form.</param>
/// <param name="NameEn">In English.</param>
/// <param name="Unit">The unit of the value.</param>
public sealed record KpiDefinition(
    string Id, string FormulaId, int FormulaVersion, string NameZh, string NameEn, string Unit);
