namespace EdgeAgent.Core.Kpi.Snapshots;

/// <summary>
/// A snapshot cannot be used: damaged, of another version, or of another model. The message says what to do.
/// </summary>
public sealed class KpiSnapshotException(string message) : Exception(message);
