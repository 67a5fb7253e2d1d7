using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// All that a tag's past means for its future: with it and the readings that follow, the same measures come out.
/// Times are microseconds since the epoch.
/// </summary>
internal struct TagState
{
    public const long Never = long.MinValue;

    public static readonly TagState Initial = new()
    {
        LastTime = Never,
        PostedTo = Never,
        MinuteEnd = Never,
        EvidencedTo = Never,
        StopFrom = Never,
        Severity = Severity.Missing,
    };

    /// <summary>When the reading in force was taken.</summary>
    public long LastTime;

    /// <summary>Up to here the time of the reading in force is in the measures.</summary>
    public long PostedTo;

    /// <summary>The end of the minute of <see cref="LastTime"/>.</summary>
    public long MinuteEnd;

    /// <summary>The end of the last minute that had a Good reading.</summary>
    public long EvidencedTo;

    /// <summary>The value in force.</summary>
    public long Bits;

    /// <summary>Counter or meter: the last reading that moved it, as a mantissa.</summary>
    public long Baseline;

    /// <summary>When the stop that is running began, if production came right before it.</summary>
    public long StopFrom;

    public Severity Severity;
    public TimeElement Element;
    public bool HasBaseline;

    /// <summary>The state in force is in no row of the mapping.</summary>
    public bool IsUnmapped;

    public readonly bool IsUsable => Severity <= Severity.Uncertain;

    /// <summary>Makes a reading the one in force.</summary>
    public void Accept(in Reading reading)
    {
        LastTime = reading.Time;
        MinuteEnd = (Minutes.At(reading.Time) + 1) * Minutes.Microseconds;
        Bits = reading.Bits;
        Severity = reading.Severity;
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Signed(LastTime);
        writer.Signed(PostedTo);
        writer.Signed(MinuteEnd);
        writer.Signed(EvidencedTo);
        writer.Signed(Bits);
        writer.Signed(Baseline);
        writer.Signed(StopFrom);
        writer.Byte((byte)Severity);
        writer.Byte((byte)Element);
        writer.Flag(HasBaseline);
        writer.Flag(IsUnmapped);
    }

    public static TagState Read(ref SnapshotReader reader) => new()
    {
        LastTime = reader.Signed(),
        PostedTo = reader.Signed(),
        MinuteEnd = reader.Signed(),
        EvidencedTo = reader.Signed(),
        Bits = reader.Signed(),
        Baseline = reader.Signed(),
        StopFrom = reader.Signed(),
        Severity = (Severity)reader.Byte((byte)Severity.Missing),
        Element = (TimeElement)reader.Byte((byte)TimeElement.Down),
        HasBaseline = reader.Flag(),
        IsUnmapped = reader.Flag(),
    };
}
