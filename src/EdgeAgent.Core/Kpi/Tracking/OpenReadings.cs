using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// The latest readings of a tag that feeds a measure, and its state before the first of them, so that a late one can
/// be put in its place: take back what the open readings added, insert, add again. Every measure is additive, so this
/// is exact.
/// </summary>
internal sealed class OpenReadings
{
    /// <summary>
    /// A late sample finds its place among this many at most, and at least half: a minute at one per second, in 1.5
    /// kB a tag.
    /// </summary>
    public const int Capacity = 64;

    private const int Half = Capacity / 2;

    private readonly Reading[] _readings = new Reading[Capacity];
    private TagState _atHalf = TagState.Initial;

    public int Count { get; private set; }

    /// <summary>The state before the first open reading.</summary>
    public TagState Base { get; private set; } = TagState.Initial;

    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, Count);

    /// <param name="reading">Not earlier than the last.</param>
    /// <param name="after">The tag's state, that reading included.</param>
    public void Add(in Reading reading, in TagState after)
    {
        _readings[Count++] = reading;
        if (Count == Half)
        {
            _atHalf = after;
        }
        else if (Count == Capacity)
        {
            CloseHalf(after);
        }
    }

    /// <summary>Whether a late reading of this instant can still be put in its place.</summary>
    public bool IsOpen(long time) => time >= Base.LastTime;

    /// <summary>Puts a late reading behind all that are not later; the caller works out the states anew.</summary>
    public void Insert(in Reading late)
    {
        var index = Count;
        for (; index > 0 && _readings[index - 1].Time > late.Time; index--)
        {
            _readings[index] = _readings[index - 1];
        }

        _readings[index] = late;
        Count++;
    }

    /// <summary>Tells the state after the n-th open reading, as it is worked out anew after an insertion.</summary>
    public void Rebuilt(int number, in TagState after)
    {
        if (number == Half)
        {
            _atHalf = after;
        }
        else if (number == Capacity)
        {
            CloseHalf(after);
        }
    }

    public void Write(SnapshotWriter writer)
    {
        Base.Write(writer);
        _atHalf.Write(writer);
        writer.Count(Count);
        foreach (var reading in Readings)
        {
            writer.Signed(reading.Time);
            writer.Signed(reading.Bits);
            writer.Byte((byte)reading.Severity);
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        Base = TagState.Read(ref reader);
        _atHalf = TagState.Read(ref reader);
        Count = reader.Count(Capacity - 1);
        for (var i = 0; i < Count; i++)
        {
            _readings[i] = new(reader.Signed(), reader.Signed(), (Severity)reader.Byte((byte)Severity.Missing));
        }
    }

    private void CloseHalf(in TagState after)
    {
        Base = _atHalf;
        _atHalf = after;
        Array.Copy(_readings, Half, _readings, 0, Half);
        Count = Half;
    }
}
