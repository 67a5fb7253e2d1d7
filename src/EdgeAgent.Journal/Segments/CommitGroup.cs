using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Entries that become durable together: as bytes for the file, and as objects for the readers, and for writing them
/// again if the first attempt fails. There are two, one being filled while the other is being written; their memory is
/// kept.
/// </summary>
internal sealed class CommitGroup
{
    private byte[] _buffer = [];
    private int _length;

    public List<Captured> Items { get; } = [];

    /// <summary>Timestamp of the clock at the first entry.</summary>
    public long OpenedAt { get; set; }

    /// <summary>Set if the group begins a new segment.</summary>
    public SegmentStart? Start { get; set; }

    public long FirstSequence { get; set; }

    public long NextSequence { get; set; }

    /// <summary>Rows that the batches of the group could hold: a measure of the memory they keep busy.</summary>
    public long RowCapacity { get; private set; }

    public int SampleCount { get; private set; }

    public bool IsEmpty => Items.Count == 0;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public void Add(Captured item)
    {
        Items.Add(item);
        RowCapacity += item.Batch?.Capacity ?? 0;
        SampleCount += item.Batch?.Count ?? 0;
    }

    /// <summary>Room for the next bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
        }

        return _buffer.AsSpan(_length);
    }

    public void Advance(int bytes) => _length += bytes;

    /// <summary>Keeps the entries and forgets their bytes.</summary>
    public void ClearBytes() => _length = 0;

    /// <summary>Forgets everything. The batches are not released: they have gone to the readers.</summary>
    public void Clear()
    {
        Items.Clear();
        Start = null;
        _length = 0;
        RowCapacity = 0;
        SampleCount = 0;
    }
}

/// <summary>A new segment, as far as it is known before its first group is written.</summary>
internal sealed record SegmentStart(long Number, long FirstSequence, UtcTime Created, byte[] TagSection)
{
    /// <summary>What comes before the first record.</summary>
    public int FrontBytes => JournalFormat.HeaderBytes + TagSection.Length;
}
