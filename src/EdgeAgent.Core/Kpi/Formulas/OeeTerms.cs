namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>What one work unit brings to OEE; times in microseconds.</summary>
/// <param name="Unit">Its device.</param>
/// <param name="PlannedBusy">PBT.</param>
/// <param name="Production">APT, within the plan and outside it, micro-stops included where they are speed
/// losses.</param>
/// <param name="Products">By product.</param>
internal sealed record OeeTerms(string Unit, long PlannedBusy, long Production, IReadOnlyList<ProductTerms> Products);
