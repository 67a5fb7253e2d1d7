using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Cursors;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

/// <summary>
/// Reads the journal in order, from memory when up to date and from disk when behind. For one reader, which calls one
/// method at a time. After a restart reading goes on at the committed position, so the reader may see again what it
/// read and did not commit: (epoch, sequence) tells.
/// </summary>
public sealed class JournalCursor : IDisposable
{
    private readonly DurableLog _log;
    private readonly CursorStore _store;
    private readonly EntryFeed _feed;
    private readonly SampleBatchPool _pool;
    private readonly Action _passed;

    // Gateway time of the last entry that was read.
    private UtcTime _last;

    internal JournalCursor(
        string? name,
        CursorPosition position,
        DurableLog log,
        CursorStore store,
        EntryFeed feed,
        SampleBatchPool pool,
        Action passed)
    {
        Name = name;
        Position = CommittedPosition = position.Sequence;
        _last = position.Time;
        _log = log;
        _store = store;
        _feed = feed;
        _pool = pool;
        _passed = passed;
    }

    /// <summary>Null for a reader without durable position.</summary>
    public string? Name { get; }

    /// <summary>Sequence number of the next entry to read.</summary>
    public long Position { get; private set; }

    /// <summary>Where reading goes on after a restart.</summary>
    public long CommittedPosition { get; private set; }

    /// <summary>Durable entries that are still to be read.</summary>
    public long Backlog => _log.NextSequence - Position;

    /// <summary>The next entry, as soon as there is one. The caller releases its batch.</summary>
    public ValueTask<JournalEntry> ReadAsync(CancellationToken cancellationToken) =>
        TryRead(out var entry) ? ValueTask.FromResult(entry) : WaitAndReadAsync(cancellationToken);

    /// <summary>The next entry, if it is durable already. May read the disk.</summary>
    /// <exception cref="IOException">The disk cannot be read now; the position is unchanged.</exception>
    public bool TryRead(out JournalEntry entry)
    {
        if (Position >= _log.NextSequence)
        {
            entry = default;
            return false;
        }

        if (_log.TryRead(Position, out entry))
        {
            // An open file keeps its room on the disk even when it is deleted.
            _feed.Dispose();
        }
        else
        {
            entry = ReadFromDisk();
        }

        if (entry.Sequence < Position)
        {
            entry = entry.From(Position, _pool);
        }

        _last = entry.LastTime();
        Position = entry.NextSequence;
        return true;
    }

    /// <summary>Makes a position durable: everything before it is dealt with and need not be read again.</summary>
    /// <param name="position">At most <see cref="Position"/>.</param>
    /// <param name="cancellationToken">Looked at before the writing begins.</param>
    /// <exception cref="IOException">The position before is still the durable one.</exception>
    public async ValueTask CommitAsync(long position, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Position);
        ArgumentOutOfRangeException.ThrowIfLessThan(position, CommittedPosition);
        if (Name is null)
        {
            throw new InvalidOperationException("This reader has no name under which a position could be stored.");
        }

        if (position == CommittedPosition)
        {
            return;
        }

        // The time before an earlier position is not known any more.
        var (name, time) = (Name, position == Position ? _last : UtcTime.None);

        // An fsync takes milliseconds, on a worn flash card a second; the reader's thread has better to do.
        await Task.Run(() => _store.Commit(name, new(position, time)), cancellationToken);
        CommittedPosition = position;
        _passed();
    }

    /// <summary>Closes files. The durable position stays.</summary>
    public void Dispose() => _feed.Dispose();

    private async ValueTask<JournalEntry> WaitAndReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _log.WaitForAsync(Position, cancellationToken);
            if (TryRead(out var entry))
            {
                return entry;
            }
        }
    }

    private JournalEntry ReadFromDisk() =>
        _log.TryFind(Position, out var span)
            ? _feed.Read(Position, span, _last)
            : new(Position, _log.NextSequence, null, new Gap(
                Gap.Everything, _last, _last, GapCause.StorageDamaged, "All segments are gone."));
}
