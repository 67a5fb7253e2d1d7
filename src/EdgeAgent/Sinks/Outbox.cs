using System.Threading.Channels;
using EdgeAgent.Core.Model;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

/// <summary>
/// Messages between the moment they are decided and the moment the broker has acknowledged them, in one SQLite file.
/// <para>
/// A put is durable when it returns (WAL, synchronous=FULL) and idempotent. A reader of the journal puts its messages
/// and its new position in one transaction, so both are there or neither. Every row carries a checksum and is sent
/// only if it is right. Full, damaged or unwritable is an <see cref="OutboxException"/> that leaves everything as it
/// was.
/// </para>
/// <para>Thread-safe: one writer at a time behind a lock, held for one transaction (one fsync) at most.</para>
/// </summary>
internal sealed partial class Outbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _queuedSignal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly string _path;
    private readonly OutboxLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    // Under the gate.
    private readonly OutboxDatabase _database;
    private OutboxTally _tally;
    private UtcTime? _oldestQueued;
    private OutboxException? _trouble;
    private bool _disposed;

    private Outbox(OutboxFile.Opening opening, string path, OutboxLimits limits, TimeProvider clock, ILogger log)
    {
        (_database, _path, _limits, _clock, _log) = (opening.Database, path, limits, clock, log);
        _tally = OutboxTally.Count(_database);
        SetAside = opening.SetAside;
        if (opening.SetAside is not null)
        {
            Log.FileSetAside(_log, path, opening.Complaint, opening.SetAside, opening.Salvaged);
        }
    }

    /// <summary>Where a damaged file was put when this outbox was opened; null if it was sound.</summary>
    public string? SetAside { get; }

    /// <summary>What keeps the outbox from working now; null while it works.</summary>
    public OutboxException? Trouble
    {
        get
        {
            lock (_gate)
            {
                return _trouble;
            }
        }
    }

    /// <exception cref="OutboxException">The file can be neither opened nor replaced.</exception>
    public static Outbox Open(string path, OutboxLimits limits, TimeProvider clock, ILogger log)
    {
        try
        {
            return new(OutboxFile.Open(path, limits, UtcTime.Now(clock)), path, limits, clock, log);
        }
        catch (SqliteException error)
        {
            throw OutboxException.From(error, path);
        }
    }

    /// <summary>Puts messages that belong to no reader of the journal.</summary>
    /// <inheritdoc cref="PutAll(IReadOnlyList{OutboxMessage}, string, long)"/>
    public OutboxPutResult Put(params IReadOnlyList<OutboxMessage> messages) => PutAll(messages, "", 0);

    /// <summary>
    /// Puts messages and moves a reader's position in one transaction. Repeating it changes nothing. An id that is
    /// there with other bytes is left alone and reported; the other messages and the position still go in.
    /// </summary>
    /// <param name="reader">The name of the reader; empty to move no position.</param>
    /// <param name="position">The first journal sequence the reader has not yet turned into messages.</param>
    /// <exception cref="OutboxException">Nothing was put and the position did not move.</exception>
    public OutboxPutResult PutAll(IReadOnlyList<OutboxMessage> messages, string reader, long position)
    {
        foreach (var message in messages)
        {
            message.Validate();
        }

        var added = 0;
        var repeated = 0;
        var conflicts = new List<string>();
        Transact(() =>
        {
            (added, repeated) = (0, 0);
            conflicts.Clear();
            MakeRoom(messages);
            var now = UtcTime.Now(_clock).Ticks;
            foreach (var message in messages)
            {
                switch (PutOne(message, now))
                {
                    case true:
                        added++;
                        break;
                    case false:
                        repeated++;
                        break;
                    default:
                        conflicts.Add(message.Id);
                        break;
                }
            }

            if (reader.Length > 0)
            {
                _database.Execute(
                    """
                    INSERT INTO position (name, sequence, checksum) VALUES ($name, $sequence, $checksum)
                    ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence, checksum = excluded.checksum
                    """,
                    ("$name", reader), ("$sequence", position),
                    ("$checksum", (long)RowChecksum.OfCursor(reader, position)));
            }
        },
        ends: static _ => true);

        foreach (var id in conflicts)
        {
            Log.Conflict(_log, id);
        }

        lock (_gate)
        {
            _tally.Conflicts += conflicts.Count;
        }

        if (added > 0)
        {
            _queuedSignal.Writer.TryWrite(true);
        }

        return new(added, repeated, conflicts);
    }

    /// <summary>
    /// The stored position of a reader, or null if there is none to be trusted and the reader starts over.
    /// </summary>
    public long? ReadPosition(string reader)
    {
        long? position = null;
        Transact(() =>
        {
            using var command = _database.Command(
                "SELECT sequence, checksum FROM position WHERE name = $name", ("$name", reader));
            using var rows = command.ExecuteReader();
            if (rows.Read())
            {
                position = rows.GetInt64(0);
                if (rows.GetValue(1) is not long checksum || checksum != RowChecksum.OfCursor(reader, position.Value))
                {
                    position = null;
                    Log.PositionDamaged(_log, reader);
                }
            }
        });
        return position;
    }

    /// <summary>
    /// The oldest queued messages after <paramref name="after"/>; damaged rows are quarantined on the way.
    /// </summary>
    /// <param name="bytesMax">Payload bytes after which no further row is taken; the first always is.</param>
    public IReadOnlyList<OutboxRow> Take(long after, int rowsMax, long bytesMax)
    {
        var taken = new List<OutboxRow>();
        var damaged = new List<long>();
        Transact(() =>
        {
            taken.Clear();
            damaged.Clear();
            ReadQueued(after, rowsMax, bytesMax, taken, damaged);
            foreach (var sequence in damaged)
            {
                Move(sequence, OutboxState.Queued, OutboxState.Quarantined, "The stored bytes are damaged.");
            }
        });
        foreach (var sequence in damaged)
        {
            Log.RowQuarantined(_log, sequence);
        }

        return taken;
    }

    /// <summary>Records what became of rows that were sent, in one transaction.</summary>
    public void Settle(IReadOnlyList<OutboxOutcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        Transact(() =>
        {
            foreach (var outcome in outcomes)
            {
                Move(outcome.Sequence, OutboxState.Queued, outcome.State, outcome.Reason, attempts: 1);
            }
        },
        ends: fault => fault != OutboxFault.Full);
    }

    /// <summary>
    /// Writes something that changes nothing: a message should not go out if it cannot be recorded that it did, or a
    /// full disk would have it go out again and again.
    /// </summary>
    /// <exception cref="OutboxException">It cannot.</exception>
    public void EnsureWritable() => Transact(
        () => _database.Execute("UPDATE stop SET clean = 0"), ends: fault => fault != OutboxFault.Full);

    /// <summary>Queues what was parked, for another attempt.</summary>
    /// <returns>Rows queued.</returns>
    public int Unpark()
    {
        var rows = 0;
        Transact(() =>
        {
            rows = _database.Execute(
                "UPDATE message SET state = $queued WHERE state = $parked",
                ("$queued", (long)OutboxState.Queued), ("$parked", (long)OutboxState.Parked));
            _tally.Move(OutboxState.Parked, OutboxState.Queued, rows);
        });
        return rows;
    }

    /// <summary>
    /// Deletes published rows that have been kept long enough, at most <see cref="OutboxLimits.PurgeRowsMax"/>.
    /// </summary>
    /// <returns>Rows deleted.</returns>
    public int Purge()
    {
        var rows = 0;
        Transact(() => rows = DeletePublished(
            _limits.PurgeRowsMax, settledBefore: (UtcTime.Now(_clock) - _limits.PublishedKept).Ticks));
        return rows;
    }

    /// <summary>Completes when something was queued since the last call, at once if it was before this one.</summary>
    public async ValueTask WaitForQueuedAsync(CancellationToken cancellationToken) =>
        await _queuedSignal.Reader.ReadAsync(cancellationToken);

    /// <summary>The figures as last known; it does not fail when the outbox does.</summary>
    public OutboxCounters ReadCounters()
    {
        lock (_gate)
        {
            try
            {
                Transact(() => _oldestQueued = _database.Scalar(
                    "SELECT created_at FROM message WHERE state = $queued ORDER BY sequence LIMIT 1",
                    ("$queued", (long)OutboxState.Queued)) is long ticks ? new UtcTime(ticks) : null);
            }
            catch (OutboxException)
            {
                // Remembered as trouble, and the last known time serves.
            }

            var age = UtcTime.Now(_clock) - (_oldestQueued ?? UtcTime.Now(_clock));
            return _tally.ToCounters(age > TimeSpan.Zero ? age : TimeSpan.Zero);
        }
    }

    /// <summary>Marks a clean stop. The file stays readable by anything that speaks SQLite 3.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            try
            {
                if (_trouble?.Fault != OutboxFault.Damaged) // So that the next start looks at all of it.
                {
                    _database.Execute("UPDATE stop SET clean = 1");
                }

                _database.Checkpoint();
            }
            catch (SqliteException error)
            {
                Log.NotClosedCleanly(_log, _path, error.Message);
            }

            _database.Dispose();
        }
    }
}
