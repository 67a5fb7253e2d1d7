using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>Items of one product on one work unit.</summary>
internal struct CountMeasures : IMeasures<CountMeasures>
{
    public Int128 Produced;
    public Int128 Good;
    public Int128 Scrap;
    public Int128 Rework;
    public Int128 ReworkScrap;

    public void Add(in CountMeasures other, bool endsHere)
    {
        Produced += other.Produced;
        Good += other.Good;
        Scrap += other.Scrap;
        Rework += other.Rework;
        ReworkScrap += other.ReworkScrap;
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Signed128(Produced);
        writer.Signed128(Good);
        writer.Signed128(Scrap);
        writer.Signed128(Rework);
        writer.Signed128(ReworkScrap);
    }

    public static CountMeasures Read(ref SnapshotReader reader) => new()
    {
        Produced = reader.Signed128(),
        Good = reader.Signed128(),
        Scrap = reader.Signed128(),
        Rework = reader.Signed128(),
        ReworkScrap = reader.Signed128(),
    };
}
