using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Turns entries into records, ahead of the file: knows at which offset and number each will be when the groups before
/// it are written. If they are not, it starts over with a new segment.
/// </summary>
internal sealed class SegmentEncoder
{
    private readonly ulong _epoch;
    private SampleEncoder _samples;
    private byte[] _tagSection;
    private uint _seed;
    private long _firstSequence;
    private long _recordsOffset;
    private long _offset;
    private long _runStart;
    private bool _startsRun;

    public SegmentEncoder(ulong epoch, long lastNumber, long nextSequence, TagTable tags)
    {
        _epoch = epoch;
        LastNumber = lastNumber;
        NextSequence = nextSequence;
        Tags = tags;
        _tagSection = Format.TagSection.Write(tags);
        _samples = new(tags);
    }

    public TagTable Tags { get; private set; }

    public byte[] TagSection => _tagSection;

    /// <summary>The highest segment number ever used.</summary>
    public long LastNumber { get; private set; }

    public long NextSequence { get; private set; }

    /// <summary>Bytes of records that the segment will have.</summary>
    public long SegmentBytes => _offset - _recordsOffset;

    /// <summary>
    /// A segment holds fewer entries than relative sequence numbers can say, and than a run of damage may skip.
    /// </summary>
    public bool IsSegmentFull(long bytesMax) =>
        SegmentBytes >= bytesMax || NextSequence - _firstSequence > int.MaxValue;

    /// <summary>Whether a batch's rows mean the same under the segment's table.</summary>
    public bool IsUnder(TagTable tags)
    {
        if (ReferenceEquals(tags, Tags))
        {
            return true;
        }

        if (!Format.TagSection.AreEqual(tags, Tags))
        {
            return false;
        }

        // The comparison is long; the next batch with this table is recognised at once.
        Tags = tags;
        return true;
    }

    /// <summary>What keeps a batch from being stored, or null.</summary>
    /// <remarks>
    /// Asked before anything is taken: an encoder that stops half-way has a state that no reader has.
    /// </remarks>
    public string? Problem(SampleBatch batch) =>
        IsUnder(batch.Tags) ? _samples.Problem(batch) : new SampleEncoder(batch.Tags).Problem(batch);

    /// <summary>The next group begins a new segment.</summary>
    public SegmentStart StartSegment(TagTable tags, UtcTime now)
    {
        if (!IsUnder(tags))
        {
            _tagSection = Format.TagSection.Write(tags);
            _samples = new(tags);
            Tags = tags;
        }

        LastNumber++;
        _seed = RecordHead.Seed(_epoch, LastNumber);
        _firstSequence = NextSequence;
        _recordsOffset = _offset = JournalFormat.HeaderBytes + _tagSection.Length;
        _startsRun = true;
        return new(LastNumber, NextSequence, now, _tagSection);
    }

    /// <summary>Adds an entry's records to the group's bytes.</summary>
    public void Encode(Captured item, CommitGroup group)
    {
        if (item.Batch is { } batch)
        {
            for (int row = 0, count; row < batch.Count; row += count)
            {
                count = _samples.CountRows(batch, row, out var maxBytes);
                var kind = StartRunIfDue();
                var body = group.Reserve(JournalFormat.RecordHeadBytes + maxBytes)[JournalFormat.RecordHeadBytes..];
                Finish(group, kind, _samples.Write(batch, row, count, body), count);
            }
        }
        else if (item.Gap is { } gap)
        {
            var body = group.Reserve(JournalFormat.RecordHeadBytes + GapCodec.MaxBytes(gap));
            Finish(group, RecordKind.Gap, GapCodec.Write(body[JournalFormat.RecordHeadBytes..], gap), 1);
        }
    }

    /// <summary>
    /// Encodes groups again, after a failure, from a given number on, the first of them into a new segment.
    /// </summary>
    public void Restart(long nextSequence, UtcTime now, CommitGroup first, CommitGroup second)
    {
        NextSequence = nextSequence;
        EncodeAgain(first, now, startsSegment: true);
        EncodeAgain(second, now, startsSegment: second.Start is not null);
    }

    private void EncodeAgain(CommitGroup group, UtcTime now, bool startsSegment)
    {
        group.ClearBytes();
        if (group.IsEmpty)
        {
            return;
        }

        if (startsSegment)
        {
            group.Start = StartSegment(TagsOf(group), now);
        }

        foreach (var item in group.Items)
        {
            Encode(item, group);
        }
    }

    // All batches of a group have the same table; a group of gaps alone takes any.
    private TagTable TagsOf(CommitGroup group)
    {
        foreach (var item in group.Items)
        {
            if (item.Batch is { } batch)
            {
                return batch.Tags;
            }
        }

        return Tags;
    }

    private RecordKind StartRunIfDue()
    {
        var runBytes = JournalFormat.RunBytes + ((long)JournalFormat.RunBytesPerTag * Tags.Count);
        if (!_startsRun && _offset - _runStart < runBytes)
        {
            return RecordKind.Samples;
        }

        _samples.Reset();
        _startsRun = false;
        _runStart = _offset;
        return RecordKind.SamplesNewRun;
    }

    private void Finish(CommitGroup group, RecordKind kind, int bodyBytes, int entryCount)
    {
        var record = group.Reserve(JournalFormat.RecordHeadBytes + bodyBytes);
        var bodyCrc = Crc32C.Compute(record.Slice(JournalFormat.RecordHeadBytes, bodyBytes));
        new RecordHead(kind, bodyBytes, (uint)(NextSequence - _firstSequence), bodyCrc).Write(record, _seed, _offset);
        group.Advance(JournalFormat.RecordHeadBytes + bodyBytes);
        _offset += JournalFormat.RecordHeadBytes + bodyBytes;
        NextSequence += entryCount;
    }
}
