namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>The unit of the timestamps in a write request.</summary>
internal enum TimestampPrecision
{
    /// <summary>The default of every server, and the only one that keeps the agent's 100 ns apart.</summary>
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Seconds,
}
