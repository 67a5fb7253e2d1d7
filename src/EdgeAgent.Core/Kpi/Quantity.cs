using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi;

/// <summary>An exact amount with its unit; times are in "us".</summary>
public readonly record struct Quantity(Fraction Amount, string Unit);
