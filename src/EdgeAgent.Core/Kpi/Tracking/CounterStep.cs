namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>What one reading adds, and whether it is the new baseline.</summary>
internal readonly record struct CounterStep(long Increment, CounterMove Move);
