using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>One tag in one role, and where it stands: all that a sample needs, side by side in memory.</summary>
internal struct TagSlot
{
    public TagState State;

    /// <summary>Microseconds for which a reading stays in force without the next.</summary>
    public long Hold;

    /// <summary>For counters and meters.</summary>
    public CounterRule Rule;

    /// <summary>The next slot fed by the same tag, or -1.</summary>
    public int Next;

    /// <summary>Index of the device in the ledger; -1 if another slot of the same tag already speaks for it.</summary>
    public int Device;

    /// <summary>Index of the work unit or meter.</summary>
    public int Target;

    public TagRole Role;
    public ValueKind Kind;
    public byte Decimals;

    public readonly bool FeedsMeasure => Role != TagRole.Presence;
}
