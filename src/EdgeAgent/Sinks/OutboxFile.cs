using System.Globalization;
using EdgeAgent.Core.Model;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

/// <summary>
/// Opens the outbox's file, come what may. A file that is not a sound database is set aside under a new name and
/// kept; a new one is begun and the sound rows are taken over. Positions of readers are not: the readers start over
/// and put what is missing again, which is why a broken outbox is a delay and not a loss.
/// </summary>
internal static class OutboxFile
{
    private const string DamagedMark = ".damaged-";
    private static readonly string[] Companions = ["", "-wal", "-shm"];

    /// <summary>An open database and what had to be done for it.</summary>
    /// <param name="SetAside">Where the damaged file lies now, or null.</param>
    /// <param name="Complaint">What was wrong with it.</param>
    /// <param name="Salvaged">Rows taken over from it.</param>
    public sealed record Opening(OutboxDatabase Database, string? SetAside, string Complaint, int Salvaged);

    /// <exception cref="OutboxException">
    /// Not damage: rights, a missing disk, a newer version of this program.
    /// </exception>
    public static Opening Open(string path, OutboxLimits limits, UtcTime now)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutboxException(
                OutboxFault.Unwritable, $"The folder of {path} cannot be made ({error.Message}).",
                "Create it and give it to the agent's user.", error);
        }

        var (database, complaint) = TryOpen(path, limits);
        if (database is not null)
        {
            return new(database, null, "", 0);
        }

        var setAside = SetAside(path, limits, now);
        (database, var second) = TryOpen(path, limits);
        if (database is null)
        {
            throw new OutboxException(
                OutboxFault.Damaged, $"A new outbox at {path} is damaged at once ({second}).", "Replace the disk.");
        }

        return new(database, setAside, complaint, Salvage(setAside, database));
    }

    private static (OutboxDatabase? Database, string Complaint) TryOpen(string path, OutboxLimits limits)
    {
        OutboxDatabase? database = null;
        try
        {
            database = OutboxDatabase.Open(path, limits);
            if (!database.HasTables)
            {
                database.CreateSchema();
            }

            var complaint = Inspect(database, path, limits);
            if (complaint is null)
            {
                database.Execute("UPDATE stop SET clean = 0");
                return (database, "");
            }

            database.Dispose();
            return (null, complaint);
        }
        catch (SqliteException error)
        {
            database?.Dispose();
            var failure = OutboxException.From(error, path);
            return failure.Fault == OutboxFault.Damaged || IsSchemaError(error)
                ? (null, error.Message)
                : throw failure;
        }
        catch (OutboxException)
        {
            database?.Dispose();
            throw;
        }
    }

    // SQLITE_ERROR: a table or column is missing or the schema cannot be read. Our own statements are fixed and tested.
    private static bool IsSchemaError(SqliteException error) => error.SqliteErrorCode == 1;

    private static string? Inspect(OutboxDatabase database, string path, OutboxLimits limits)
    {
        if (database.ReadApplicationId() != OutboxDatabase.ApplicationId)
        {
            return "it is not an outbox";
        }

        if (database.Version is > OutboxDatabase.SchemaVersion and var version)
        {
            throw new OutboxException(
                OutboxFault.Unwritable, $"The outbox {path} has version {version}, written by a newer agent.",
                $"Install that agent again, or move the file away: this one knows {OutboxDatabase.SchemaVersion}.");
        }

        var stoppedCleanly = database.Scalar("SELECT clean FROM stop") is 1L;
        return stoppedCleanly && database.Bytes > limits.CheckedAtEveryStartBytesMax ? null : database.CheckIntegrity();
    }

    private static string SetAside(string path, OutboxLimits limits, UtcTime now)
    {
        var stamp = now.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var target = path + DamagedMark + stamp;
        foreach (var companion in Companions)
        {
            if (File.Exists(path + companion))
            {
                File.Move(path + companion, target + companion, overwrite: true);
            }
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var older = Directory.GetFiles(folder, Path.GetFileName(path) + DamagedMark + "*Z")
            .Order(StringComparer.Ordinal)
            .SkipLast(limits.SetAsideFilesMax);
        foreach (var file in older)
        {
            foreach (var companion in Companions)
            {
                File.Delete(file + companion);
            }
        }

        return target;
    }

    // Once from the front and once from the back, each up to the first page that cannot be read: what one broken page
    // hides is only what lies behind it in both directions.
    private static int Salvage(string damaged, OutboxDatabase target)
    {
        var salvaged = 0;
        foreach (var direction in (string[])["ASC", "DESC"])
        {
            try
            {
                var address = new SqliteConnectionStringBuilder
                {
                    DataSource = damaged,
                    Pooling = false,
                    Mode = SqliteOpenMode.ReadOnly,
                };
                using var source = new SqliteConnection(address.ToString());
                source.Open();
                using var transaction = target.Begin();
                salvaged += CopyRows(source, direction, target);
                transaction.Commit();
            }
            catch (SqliteException)
            {
                // The end of what can be read; the count is reported and the file is kept.
            }
        }

        return salvaged;
    }

    private static int CopyRows(SqliteConnection source, string direction, OutboxDatabase target)
    {
        using var select = source.CreateCommand();
        select.CommandText = $"""
            SELECT {RowReader.Columns}, state, settled_at, reason FROM message NOT INDEXED
            ORDER BY sequence {direction}
            """;
        using var insert = target.Command("""
            INSERT OR IGNORE INTO message
              (sequence, id, topic, payload, checksum, created_at, state, attempts, settled_at, reason)
            VALUES ($sequence, $id, $topic, $payload, $checksum, $created, $state, $attempts, $settled, $reason)
            """);
        var copied = 0;
        try
        {
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (!RowReader.TryRead(reader, out var row, out _))
                {
                    continue;
                }

                // A row whose state is damaged is sent again: a duplicate is harmless, a gap is not.
                var state = reader.GetValue(RowReader.ColumnCount) switch
                {
                    (long)OutboxState.Published => OutboxState.Published,
                    (long)OutboxState.Parked => OutboxState.Parked,
                    _ => OutboxState.Queued,
                };
                insert.Parameters.Clear();
                insert.Parameters.AddWithValue("$sequence", row.Sequence);
                insert.Parameters.AddWithValue("$id", row.Message.Id);
                insert.Parameters.AddWithValue("$topic", row.Message.Topic);
                insert.Parameters.AddWithValue("$payload", row.Message.Payload.ToArray());
                insert.Parameters.AddWithValue(
                    "$checksum",
                    (long)RowChecksum.OfMessage(row.Message.Id, row.Message.Topic, row.Message.Payload.Span));
                insert.Parameters.AddWithValue("$created", row.CreatedAt.Ticks);
                insert.Parameters.AddWithValue("$state", (long)state);
                insert.Parameters.AddWithValue("$attempts", row.Attempts);
                insert.Parameters.AddWithValue(
                    "$settled", reader.GetValue(RowReader.ColumnCount + 1) is long settled ? settled : 0L);
                insert.Parameters.AddWithValue(
                    "$reason", reader.GetValue(RowReader.ColumnCount + 2) as string ?? "");
                copied += insert.ExecuteNonQuery();
            }
        }
        catch (SqliteException error) when (OutboxException.From(error, "").Fault == OutboxFault.Damaged)
        {
            // As above: keep what was copied so far.
        }

        return copied;
    }
}
