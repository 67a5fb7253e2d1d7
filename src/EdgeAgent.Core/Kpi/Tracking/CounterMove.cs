namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>What a step of a counter was taken for.</summary>
internal enum CounterMove : byte
{
    /// <summary>The reading is noise: the baseline stays.</summary>
    None,
    Forward,
    Reset,
}
