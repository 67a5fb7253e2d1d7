namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>What one work unit brings to the defect rate; none where there is no counter for it.</summary>
internal sealed record DefectTerms(
    string Unit, Int128 Produced, Int128? Good, Int128? Scrap, Int128? Rework, Int128? ReworkScrap);
