using Microsoft.Data.Sqlite;

namespace EdgeAgent.Sinks;

/// <summary>Why the outbox cannot do its work.</summary>
internal enum OutboxFault
{
    /// <summary>The disk or the budget is full. Nothing is lost: what was not put is still in the journal.</summary>
    Full,

    /// <summary>
    /// The file is not a sound database any more. The next start sets it aside and saves what it can.
    /// </summary>
    Damaged,

    /// <summary>The file cannot be opened or written: rights, a read-only disk, a device error.</summary>
    Unwritable,

    /// <summary>Another process holds the database.</summary>
    Busy,
}

/// <summary>
/// The outbox could not do what it was asked, and did none of it. The caller keeps its position and tries later.
/// </summary>
internal sealed class OutboxException : Exception
{
    public OutboxException(OutboxFault fault, string reason, string remedy, Exception? inner = null)
        : base($"{reason} {remedy}", inner) => (Fault, Reason, Remedy) = (fault, reason, remedy);

    public OutboxFault Fault { get; }

    public string Reason { get; }

    /// <summary>What a person can do about it.</summary>
    public string Remedy { get; }

    /// <summary>Puts an SQLite result code (sqlite.org/rescode.html) into the words of this product.</summary>
    public static OutboxException From(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        SqliteFull => new(
            OutboxFault.Full, $"The outbox {path} is full.",
            "Free disk space, or connect the broker so that it can empty.", error),
        SqliteCorrupt or SqliteNotADatabase => new(
            OutboxFault.Damaged, $"The outbox {path} is damaged ({error.Message}).",
            "Restart the agent: the file is set aside and what is sound is taken over.", error),
        SqliteBusy or SqliteLocked => new(
            OutboxFault.Busy, $"The outbox {path} is held by another process.",
            "Stop the other agent or tool that has it open.", error),
        _ => new(
            OutboxFault.Unwritable, $"The outbox {path} cannot be used ({error.Message}).",
            "Check that the folder belongs to the agent's user and that its disk is sound, has room and is writable.",
            error),
    };

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteNotADatabase = 26;
}
