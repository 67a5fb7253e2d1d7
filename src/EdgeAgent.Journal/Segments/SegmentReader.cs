using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Reads the entries of one segment in order. What is damaged is left out: the reader of a reader sees it by the
/// sequence numbers. Never throws because of what is stored.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly StoredSegment _segment;
    private readonly SampleBatchPool _pool;
    private readonly Action<RecoveryFinding> _found;
    private readonly SegmentWindow _window;
    private readonly RecordScanner _scanner;
    private readonly TagTable? _tags;
    private readonly SampleDecoder? _decoder;
    private bool _isInRun;

    private SegmentReader(
        IStoredFile file,
        StoredSegment segment,
        TagTables tables,
        SampleBatchPool pool,
        Action<RecoveryFinding> found)
    {
        _segment = segment;
        _pool = pool;
        _found = found;
        _window = new(file);
        _scanner = new(_window, segment.Header, segment.Length);
        try
        {
            var tagBytes = Math.Clamp(segment.Length - JournalFormat.HeaderBytes, 0, segment.Header.TagBytes);
            _tags = tables.Read(_window.Peek(JournalFormat.HeaderBytes, (int)tagBytes));
            _decoder = new(_tags);
        }
        catch (JournalFormatException damaged)
        {
            Found(JournalFormat.HeaderBytes, segment.Header.TagBytes, $"the tags cannot be read ({damaged.Message})");
        }
    }

    /// <summary>Opens the file of a segment; <paramref name="found"/> is told of damage.</summary>
    /// <exception cref="IOException">The file is gone, or cannot be read at all.</exception>
    public static SegmentReader Open(
        IFileSystem files,
        string folder,
        StoredSegment segment,
        TagTables tables,
        SampleBatchPool pool,
        Action<RecoveryFinding> found)
    {
        var file = files.Open(Path.Combine(folder, segment.Name), forWriting: false);
        try
        {
            return new(file, segment, tables, pool, found);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long Number => _segment.Number;

    /// <summary>The first row or gap after the last record that is whole, readable or not.</summary>
    public long NextSequence { get; private set; }

    /// <summary>Where the last whole record ends.</summary>
    public long EndOffset { get; private set; }

    /// <summary>More of the segment has become durable.</summary>
    public void ExtendTo(long length) => _scanner.ExtendTo(length);

    /// <summary>Goes to the start of the run that holds an entry, or as near before it as can be read.</summary>
    public void SeekTo(long sequence)
    {
        var start = _scanner.Offset;
        while (_scanner.TryNext(out var step) && (!step.IsRecord || step.Sequence <= sequence))
        {
            start = step.Kind == RecordKind.SamplesNewRun ? step.Offset : start;
        }

        _scanner.GoTo(start);
    }

    /// <summary>The next readable entry; false at the end of what is durable.</summary>
    public bool TryRead(out JournalEntry entry)
    {
        while (_scanner.TryNext(out var step))
        {
            if (!step.IsRecord)
            {
                _isInRun = false;
                Found(step.Offset, step.Bytes, "no record, or a damaged one");
                continue;
            }

            var body = _scanner.Body(step);
            EndOffset = step.Offset + step.Bytes;
            try
            {
                NextSequence = step.Sequence + CountEntries(step.Kind, body);
                if (step.Kind == RecordKind.Gap)
                {
                    entry = new(step.Sequence, NextSequence, null, GapCodec.Read(body));
                    return true;
                }

                if (TryDecode(step, body, out var batch))
                {
                    entry = new(step.Sequence, NextSequence, batch, null);
                    return true;
                }
            }
            catch (JournalFormatException damaged)
            {
                _isInRun = false;
                Found(step.Offset, step.Bytes, $"a record cannot be decoded ({damaged.Message})");
            }
        }

        entry = default;
        return false;
    }

    public void Dispose() => _window.Dispose();

    // The row count comes first, so that even a body that cannot be decoded tells it.
    private static int CountEntries(RecordKind kind, ReadOnlySpan<byte> body) =>
        kind == RecordKind.Gap ? 1 : new ByteReader(body).ReadCount(JournalFormat.MaxRows);

    private bool TryDecode(in ScanStep step, ReadOnlySpan<byte> body, out SampleBatch? batch)
    {
        batch = null;
        if (_decoder is null || _tags is null)
        {
            return false;
        }

        if (step.Kind == RecordKind.SamplesNewRun)
        {
            _decoder.Reset();
            _isInRun = true;
        }

        // The records between damage and the next run need a state that is lost.
        if (!_isInRun)
        {
            return false;
        }

        batch = _pool.Rent(_tags);
        try
        {
            _decoder.Read(body, batch);
            batch.FirstSequence = step.Sequence;
            return true;
        }
        catch (JournalFormatException)
        {
            batch.Release();
            throw;
        }
    }

    private void Found(long offset, long bytes, string what) => _found(new(
        RecoveryFindingKind.DamagedRecords,
        _segment.Name,
        offset,
        bytes,
        $"{_segment.Name}, offset {offset}, {bytes} bytes: {what}."));
}
