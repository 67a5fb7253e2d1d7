using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>What one work unit made of one product.</summary>
/// <param name="Product">Its id.</param>
/// <param name="PlannedRunTime">PRI in microseconds per item.</param>
/// <param name="Produced">PQ.</param>
/// <param name="Good">GQ; none where it is not counted.</param>
internal sealed record ProductTerms(string Product, Fraction? PlannedRunTime, Fraction Produced, Fraction? Good);
