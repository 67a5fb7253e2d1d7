using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>A row of additive measures.</summary>
internal interface IMeasures<T>
    where T : struct, IMeasures<T>
{
    /// <param name="other">The row to add; rows are added oldest first.</param>
    /// <param name="endsHere">Whether <paramref name="other"/> ends at the instant at which the sum will end.</param>
    void Add(in T other, bool endsHere);

    void Write(SnapshotWriter writer);

    static abstract T Read(ref SnapshotReader reader);
}
