namespace EdgeAgent.Journal.Segments;

/// <summary>
/// What is durable: the segments, and the newest entries in memory. The writer publishes, many readers read.
/// Thread-safe.
/// </summary>
internal sealed class DurableLog(long memoryBytes, long oldestSequence, long nextSequence)
{
    // A row of a batch in memory: tag 4, three times 24, status 4, bits 8.
    private const int RowBytes = 40;

    private const int GapBytes = 256;

    private readonly Lock _gate = new();
    private readonly List<StoredSegment> _segments = [];

    // A circle of entries without holes; the oldest is at _head.
    private JournalEntry[] _entries = new JournalEntry[64];
    private int _head;
    private int _count;
    private long _bytes;

    private long _nextSequence = nextSequence;
    private TaskCompletionSource _published = NewSignal();

    public long NextSequence => Interlocked.Read(ref _nextSequence);

    /// <summary>The first entry that is stored, or would be.</summary>
    public long OldestSequence
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count > 0 ? _segments[0].FirstSequence : oldestSequence;
            }
        }
    }

    /// <summary>A copy.</summary>
    public List<StoredSegment> Segments
    {
        get
        {
            lock (_gate)
            {
                return [.. _segments];
            }
        }
    }

    public void Restore(IEnumerable<StoredSegment> segments)
    {
        lock (_gate)
        {
            _segments.AddRange(segments);
        }
    }

    /// <summary>The group is durable in the segment. Takes over the batches.</summary>
    public void Publish(CommitGroup group, StoredSegment segment)
    {
        TaskCompletionSource published;
        lock (_gate)
        {
            if (group.Start is not null)
            {
                _segments.Add(segment);
            }
            else
            {
                _segments[^1] = segment;
            }

            var sequence = _nextSequence;
            foreach (var item in group.Items)
            {
                var next = sequence + (item.Batch?.Count ?? 1);
                item.Batch?.FirstSequence = sequence;
                Remember(new(sequence, next, item.Batch, item.Gap));
                sequence = next;
            }

            Interlocked.Exchange(ref _nextSequence, sequence);
            published = _published;
            _published = NewSignal();
        }

        published.SetResult();
    }

    /// <summary>Forgets the oldest segments, which are about to be deleted.</summary>
    public void RemoveOldest(int count)
    {
        lock (_gate)
        {
            _segments.RemoveRange(0, count);
        }
    }

    /// <summary>Completes when there is an entry with this number, or immediately.</summary>
    public Task WaitForAsync(long sequence, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _nextSequence > sequence ? Task.CompletedTask : _published.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// The entry in memory that holds a sequence number, retained; false if it has to be read from disk.
    /// </summary>
    public bool TryRead(long sequence, out JournalEntry entry)
    {
        lock (_gate)
        {
            var (low, high) = (0, _count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = At(middle).NextSequence <= sequence ? (middle + 1, high) : (low, middle);
            }

            if (low == _count || At(low).Sequence > sequence)
            {
                entry = default;
                return false;
            }

            entry = At(low);
            entry.Batch?.Retain();
            return true;
        }
    }

    /// <summary>
    /// The segment that holds, or comes next after, a sequence number below <see cref="NextSequence"/>.
    /// </summary>
    public bool TryFind(long sequence, out SegmentSpan span)
    {
        lock (_gate)
        {
            return SegmentSpans.TryFind(_segments, sequence, _nextSequence, out span);
        }
    }

    /// <summary>Gives all batches back.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_count > 0)
            {
                Forget();
            }
        }
    }

    private ref JournalEntry At(int index) => ref _entries[(_head + index) & (_entries.Length - 1)];

    private void Remember(in JournalEntry entry)
    {
        if (_count == _entries.Length)
        {
            var longer = new JournalEntry[2 * _entries.Length];
            for (var i = 0; i < _count; i++)
            {
                longer[i] = At(i);
            }

            (_entries, _head) = (longer, 0);
        }

        At(_count) = entry;
        _count++;
        _bytes += SizeOf(entry);
        while (_count > 0 && _bytes > memoryBytes)
        {
            Forget();
        }
    }

    private void Forget()
    {
        ref var oldest = ref At(0);
        _bytes -= SizeOf(oldest);
        oldest.Batch?.Release();
        oldest = default;
        _head = (_head + 1) & (_entries.Length - 1);
        _count--;
    }

    private static long SizeOf(in JournalEntry entry) =>
        entry.Batch is { } batch ? (long)batch.Capacity * RowBytes : GapBytes;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
