using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>What one work unit brings to the defect rate; none where there is no counter for it.</summary>
internal sealed record DefectTerms(
    string Unit, Fraction Produced, Fraction? Good, Fraction? Scrap, Fraction? Rework, Fraction? ReworkScrap);
