using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Reads entries from disk, across segments, so that every sequence number is accounted for: by a row, a stored gap, or
/// a gap of damaged storage.
/// </summary>
internal sealed class EntryFeed(
    IFileSystem files,
    string folder,
    TagTables tables,
    SampleBatchPool pool,
    Action<RecoveryFinding> found) : IDisposable
{
    private SegmentReader? _reader;

    // Read, and not yet due: it comes after a hole.
    private JournalEntry? _early;

    // Where the reader goes on.
    private long _position = -1;

    /// <summary>
    /// The entry at a position, which lies before the end of the span. <paramref name="last"/> is the gateway time of
    /// the entry before, or none if the caller has seen none.
    /// </summary>
    public JournalEntry Read(long position, in SegmentSpan span, UtcTime last)
    {
        if (position < span.Segment.FirstSequence)
        {
            return Hole(
                position, span.Segment.FirstSequence, last, span.Segment.Header.Created, "no longer in the journal");
        }

        if (!TryOpen(position, span))
        {
            return Hole(position, span.EndSequence, last, span.EndTime, "in a file that is gone");
        }

        while (TryNext(out var entry))
        {
            if (entry.NextSequence <= position)
            {
                last = entry.LastTime();
                entry.Batch?.Release();
                continue;
            }

            if (entry.Sequence > position)
            {
                _early = entry;
                _position = entry.Sequence;
                return Hole(position, entry.Sequence, Known(last, span), entry.FirstTime(), "not readable");
            }

            _position = entry.NextSequence;
            return entry;
        }

        _position = span.EndSequence;
        return Hole(position, span.EndSequence, Known(last, span), span.EndTime, "not readable");
    }

    public void Dispose()
    {
        _early?.Batch?.Release();
        _early = null;
        _reader?.Dispose();
        _reader = null;
    }

    private static UtcTime Known(UtcTime last, in SegmentSpan span) => last.IsNone ? span.Segment.Header.Created : last;

    private static JournalEntry Hole(long from, long to, UtcTime last, UtcTime next, string why)
    {
        // Where a side is unknown, or the clock was set back in between, the gap has no length rather than a wrong one.
        var end = next.IsNone || next < last ? last : next;
        var start = last.IsNone ? end : last;
        var detail = $"The entries {from} to {to - 1} are {why}.";
        return new(from, to, null, new Gap(Gap.Everything, start, end, GapCause.StorageDamaged, detail));
    }

    private bool TryOpen(long position, in SegmentSpan span)
    {
        if (_reader?.Number == span.Segment.Number && _position == position)
        {
            _reader.ExtendTo(span.Segment.Length);
            return true;
        }

        Dispose();
        try
        {
            _reader = SegmentReader.Open(files, folder, span.Segment, tables, pool, found);
        }
        catch (FileNotFoundException)
        {
            found(new(
                RecoveryFindingKind.MissingSegment,
                span.Segment.Name,
                0,
                span.Segment.Length,
                $"{span.Segment.Name} is gone while it was still to be read; readers get a gap."));
            return false;
        }

        if (position > span.Segment.FirstSequence)
        {
            _reader.SeekTo(position);
        }

        return true;
    }

    private bool TryNext(out JournalEntry entry)
    {
        if (_early is { } early)
        {
            _early = null;
            entry = early;
            return true;
        }

        return _reader!.TryRead(out entry);
    }
}
