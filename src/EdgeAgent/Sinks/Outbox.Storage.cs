using EdgeAgent.Core.Model;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

/// <summary>The statements inside a transaction. Everything here runs under the gate.</summary>
internal sealed partial class Outbox
{
    // The id twice (row and index), the numbers, and the second index.
    private const int RowOverheadBytes = 300;

    /// <param name="ends">Which trouble is shown to be over when the body has gone through; none if null.</param>
    private void Transact(Action body, Func<OutboxFault, bool>? ends = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var before = _tally;
            try
            {
                RepairAfterWriteError();
                using var transaction = _database.Begin();
                body();
                transaction.Commit();
                if (_trouble is not null && ends is not null && ends(_trouble.Fault))
                {
                    _trouble = null;
                    Log.Recovered(_log, _path);
                }
            }
            catch (SqliteException error)
            {
                _tally = before;
                throw Remember(OutboxException.From(error, _path));
            }
            catch (OutboxException error)
            {
                _tally = before;
                throw Remember(error);
            }
        }
    }

    private OutboxException Remember(OutboxException error)
    {
        if (_trouble?.Fault != error.Fault)
        {
            Log.Trouble(_log, error.Fault, error.Reason, error.Remedy);
        }

        return _trouble = error;
    }

    // After a failed fsync the kernel may believe pages clean that never reached the disk, so what lies in the log is
    // not to be trusted to be durable. A checkpoint writes it to the file anew and syncs that.
    private void RepairAfterWriteError()
    {
        if (_trouble?.Fault == OutboxFault.Unwritable)
        {
            _database.Checkpoint();
        }
    }

    /// <returns>True if added, false if already there, null if there with other bytes.</returns>
    private bool? PutOne(OutboxMessage message, long now)
    {
        var checksum = (long)RowChecksum.OfMessage(message.Id, message.Topic, message.Payload.Span);
        var inserted = _database.Execute(
            """
            INSERT INTO message (id, topic, payload, checksum, created_at, state, attempts, settled_at, reason)
            VALUES ($id, $topic, $payload, $checksum, $created, $state, 0, 0, '') ON CONFLICT (id) DO NOTHING
            """,
            ("$id", message.Id), ("$topic", message.Topic), ("$payload", message.Payload.ToArray()),
            ("$checksum", checksum), ("$created", now), ("$state", (long)OutboxState.Queued));
        if (inserted == 1)
        {
            _tally.Add(OutboxState.Queued, 1);
            return true;
        }

        if (IsStored(message, checksum, out var stored))
        {
            return false;
        }

        return stored is null ? Heal(message, checksum) : null;
    }

    /// <param name="stored">The sound row under the same id, or null if the stored one is damaged.</param>
    private bool IsStored(OutboxMessage message, long checksum, out OutboxRow? stored)
    {
        using var command = _database.Command(
            $"SELECT {RowReader.Columns} FROM message WHERE id = $id", ("$id", message.Id));
        using var reader = command.ExecuteReader();
        stored = null;
        return reader.Read()
            && RowReader.TryRead(reader, out stored, out _)
            && stored.Message.Topic == message.Topic
            && stored.Message.Payload.Span.SequenceEqual(message.Payload.Span)
            && reader.GetInt64(4) == checksum;
    }

    /// <summary>The stored bytes are damaged and the right ones were just offered again.</summary>
    private bool Heal(OutboxMessage message, long checksum)
    {
        var state = (OutboxState)(long)_database.Scalar(
            "SELECT state FROM message WHERE id = $id", ("$id", message.Id))!;
        _database.Execute(
            """
            UPDATE message SET topic = $topic, payload = $payload, checksum = $checksum, state = $state, reason = ''
            WHERE id = $id
            """,
            ("$id", message.Id), ("$topic", message.Topic), ("$payload", message.Payload.ToArray()),
            ("$checksum", checksum), ("$state", (long)OutboxState.Queued));
        _tally.Move(state, OutboxState.Queued, 1);
        return true;
    }

    private void ReadQueued(long after, int rowsMax, long bytesMax, List<OutboxRow> taken, List<long> damaged)
    {
        using var command = _database.Command(
            $"""
            SELECT {RowReader.Columns} FROM message WHERE state = $queued AND sequence > $after
            ORDER BY sequence LIMIT $limit
            """,
            ("$queued", (long)OutboxState.Queued), ("$after", after), ("$limit", rowsMax));
        using var reader = command.ExecuteReader();
        var bytes = 0L;
        while (bytes < bytesMax && reader.Read())
        {
            if (RowReader.TryRead(reader, out var row, out var sequence))
            {
                taken.Add(row);
                bytes += row.Message.Payload.Length;
            }
            else
            {
                damaged.Add(sequence);
            }
        }
    }

    private void Move(long sequence, OutboxState from, OutboxState to, string reason, int attempts = 0)
    {
        var moved = _database.Execute(
            """
            UPDATE message SET state = $to, reason = $reason, settled_at = $now, attempts = attempts + $attempts
            WHERE sequence = $sequence AND state = $from
            """,
            ("$to", (long)to), ("$from", (long)from), ("$reason", reason), ("$now", UtcTime.Now(_clock).Ticks),
            ("$attempts", attempts), ("$sequence", sequence));
        _tally.Move(from, to, moved);
    }

    // What the broker has acknowledged makes room for what it has not, oldest first, even before its time.
    private void MakeRoom(IReadOnlyList<OutboxMessage> messages)
    {
        var bytes = messages.Sum(message => (long)message.Payload.Length + message.Topic.Length + RowOverheadBytes);
        while (_tally.Rows + messages.Count > _limits.RowsMax || _database.UsedBytes + bytes > _limits.BytesMax)
        {
            var missing = _tally.Rows + messages.Count - _limits.RowsMax;
            if (DeletePublished(missing > 0 ? missing : Math.Max(messages.Count, 16), long.MaxValue) == 0)
            {
                throw new OutboxException(
                    OutboxFault.Full,
                    $"The outbox {_path} is at its limit of {_limits.RowsMax} messages or {_limits.BytesMax} bytes.",
                    "Connect the broker so that it can empty, or look at what is parked.");
            }
        }
    }

    private int DeletePublished(long rowsMax, long settledBefore)
    {
        var deleted = _database.Execute(
            """
            DELETE FROM message WHERE sequence IN (
              SELECT sequence FROM message WHERE state = $published AND settled_at < $before
              ORDER BY sequence LIMIT $limit)
            """,
            ("$published", (long)OutboxState.Published), ("$before", settledBefore), ("$limit", rowsMax));
        _tally.Add(OutboxState.Published, -deleted);
        return deleted;
    }
}
