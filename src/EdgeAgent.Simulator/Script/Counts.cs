namespace EdgeAgent.Simulator.Script;

/// <summary>Items. Produced is the sum of good, scrap and rework.</summary>
public readonly record struct Counts(long Produced, long Scrap, long Rework)
{
    public long Good => Produced - Scrap - Rework;

    public static Counts operator +(Counts left, Counts right) =>
        new(left.Produced + right.Produced, left.Scrap + right.Scrap, left.Rework + right.Rework);
}
