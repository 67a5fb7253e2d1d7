namespace EdgeAgent.Journal;

/// <summary>Something an operator would want to read in the log. Not sent per sample, nor per commit.</summary>
/// <param name="Kind">What, for filtering and levels.</param>
/// <param name="Message">One sentence with place and consequence.</param>
public sealed record JournalEvent(JournalEventKind Kind, string Message);

public enum JournalEventKind
{
    /// <summary>Another <see cref="JournalState"/>.</summary>
    StateChanged,

    SegmentStarted,

    SegmentDeleted,

    /// <summary>Stored bytes were found that do not mean anything any more.</summary>
    DamageFound,

    /// <summary>A cursor could not go on where it was.</summary>
    CursorReset,

    /// <summary>A call of the file system failed; what the journal does about it.</summary>
    DiskFailed,

    /// <summary>The journal was stopped before everything it had taken was durable.</summary>
    PendingLost,
}
