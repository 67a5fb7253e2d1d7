using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

// The file, schema version 1. application_id 0x45416F62 ("EAob").
//
//   message    sequence    INTEGER PRIMARY KEY     order of putting; never reused
//              id          TEXT UNIQUE             dedupe id
//              topic       TEXT
//              payload     BLOB
//              checksum    INTEGER                 CRC-32C of id, topic and payload, see RowChecksum
//              created_at  INTEGER                 100 ns ticks since 1970, UTC
//              state       INTEGER                 OutboxState
//              attempts    INTEGER                 times sent
//              settled_at  INTEGER                 ticks of the last change of state, 0 if none
//              reason      TEXT                    why it is not published
//   position   name        TEXT PRIMARY KEY        a reader of the journal
//              sequence    INTEGER                 the first journal sequence not yet turned into messages
//              checksum    INTEGER                 CRC-32C of name and sequence
//   stop       clean       INTEGER                 one row: 1 after a clean stop, 0 while open
//
/// <summary>
/// The connection and its statements: speaks SQL and knows nothing of when or why. Used by one thread at a time.
/// </summary>
internal sealed class OutboxDatabase : IDisposable
{
    public const int SchemaVersion = 1;
    public const int ApplicationId = 0x4541_6F62;
    private const int PageBytes = 4096;

    // Puts stop at the limit; what makes the outbox emptier may need a page more and must never be refused one.
    private const long SettlingBytes = 256 * 1024;

    // SQLite checkpoints at 1,000 pages; after a bigger transaction the log is cut back to this.
    private const int LogBytesKept = 8 * 1024 * 1024;

    private readonly SqliteConnection _connection;

    private OutboxDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static OutboxDatabase Open(string path, OutboxLimits limits)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false, // Closing must close: the file may be renamed next.
            DefaultTimeout = 5, // Seconds of busy waiting.
        }.ToString());
        try
        {
            connection.Open();
            var database = new OutboxDatabase(connection);
            database.Execute("PRAGMA busy_timeout = 5000");
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL"); // A commit returns after fsync of the log.
            database.Execute("PRAGMA foreign_keys = ON");
            database.Execute("PRAGMA cell_size_check = ON");
            database.Execute("PRAGMA trusted_schema = OFF");
            database.Execute($"PRAGMA journal_size_limit = {LogBytesKept}");
            var pagesMax = (limits.BytesMax + SettlingBytes) / PageBytes;
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pagesMax}"));
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>0 for a new file.</summary>
    public long Version => (long)Scalar("PRAGMA user_version")!;

    public long ReadApplicationId() => (long)Scalar("PRAGMA application_id")!;

    public bool HasTables => (long)Scalar("SELECT COUNT(*) FROM sqlite_schema")! > 0;

    public long Bytes => (long)Scalar("PRAGMA page_count")! * (long)Scalar("PRAGMA page_size")!;

    /// <summary>Without the pages that deleted rows have left free.</summary>
    public long UsedBytes => Bytes - ((long)Scalar("PRAGMA freelist_count")! * PageBytes);

    public void CreateSchema()
    {
        using var transaction = Begin();
        Execute("""
            CREATE TABLE message (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              topic TEXT NOT NULL,
              payload BLOB NOT NULL,
              checksum INTEGER NOT NULL,
              created_at INTEGER NOT NULL,
              state INTEGER NOT NULL,
              attempts INTEGER NOT NULL,
              settled_at INTEGER NOT NULL,
              reason TEXT NOT NULL) STRICT;
            CREATE INDEX message_by_state ON message (state, sequence);
            CREATE TABLE position (
              name TEXT PRIMARY KEY,
              sequence INTEGER NOT NULL,
              checksum INTEGER NOT NULL) STRICT;
            CREATE TABLE stop (clean INTEGER NOT NULL) STRICT;
            INSERT INTO stop (clean) VALUES (1);
            """);
        Execute($"PRAGMA application_id = {ApplicationId}");
        Execute($"PRAGMA user_version = {SchemaVersion}");
        transaction.Commit();
    }

    /// <summary>The first complaint of SQLite's own check, or null if it has none.</summary>
    public string? CheckIntegrity() => Scalar("PRAGMA integrity_check(1)") is string and not "ok" and var complaint
        ? complaint
        : null;

    /// <summary>Takes the write lock at once, so that a transaction cannot fail half way for want of it.</summary>
    public SqliteTransaction Begin() => _connection.BeginTransaction(deferred: false);

    /// <summary>Copies the log into the file, syncs it, and empties the log.</summary>
    public void Checkpoint() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <returns>The number of rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>A statement to be run many times; the caller disposes it.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    public void Dispose() => _connection.Dispose();
}
