using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// How well a tag, or all tags of a device together, were known. What is not Good, Uncertain or Bad time is missing.
/// </summary>
internal struct TagMeasures : IMeasures<TagMeasures>
{
    /// <summary>Microseconds in which a sample of that severity was in force.</summary>
    public long Good;
    public long Uncertain;
    public long Bad;

    /// <summary>Minutes, of each tag, with at least one Good sample.</summary>
    public long Evidence;

    /// <summary>Late samples that could not be put in their place any more.</summary>
    public long Late;

    /// <summary>Steps back of a counter or meter that were taken for a restart from zero.</summary>
    public long Resets;

    /// <summary>Above zero if the value was known at the end of the row.</summary>
    public long KnownAtEnd;

    public void Add(in TagMeasures other, bool endsHere)
    {
        Good += other.Good;
        Uncertain += other.Uncertain;
        Bad += other.Bad;
        Evidence += other.Evidence;
        Late += other.Late;
        Resets += other.Resets;
        KnownAtEnd = endsHere ? other.KnownAtEnd : 0;
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Signed(Good);
        writer.Signed(Uncertain);
        writer.Signed(Bad);
        writer.Signed(Evidence);
        writer.Signed(Late);
        writer.Signed(Resets);
        writer.Signed(KnownAtEnd);
    }

    public static TagMeasures Read(ref SnapshotReader reader) => new()
    {
        Good = reader.Signed(),
        Uncertain = reader.Signed(),
        Bad = reader.Signed(),
        Evidence = reader.Signed(),
        Late = reader.Signed(),
        Resets = reader.Signed(),
        KnownAtEnd = reader.Signed(),
    };
}
