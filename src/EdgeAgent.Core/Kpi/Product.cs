using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi;

/// <summary>Something the plant makes.</summary>
/// <param name="Id">As the product tag tells it.</param>
/// <param name="Name">For people.</param>
/// <param name="PlannedRunTime">
/// PRI in microseconds per item, exact and above zero; none where nobody has set it, which makes OEE null.
/// </param>
public sealed record Product(string Id, string Name, Fraction? PlannedRunTime);
