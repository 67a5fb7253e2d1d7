using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>What went through a meter, as a count of the tag's last decimal place.</summary>
internal struct MeterMeasures : IMeasures<MeterMeasures>
{
    public Int128 Amount;

    public void Add(in MeterMeasures other, bool endsHere) => Amount += other.Amount;

    public readonly void Write(SnapshotWriter writer) => writer.Signed128(Amount);

    public static MeterMeasures Read(ref SnapshotReader reader) => new() { Amount = reader.Signed128() };
}
