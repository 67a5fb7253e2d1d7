namespace EdgeAgent.Journal;

/// <summary>Whether the journal stores, and if not, what it waits for.</summary>
public enum JournalState
{
    /// <summary>Everything taken is durable within the commit interval.</summary>
    Healthy,

    /// <summary>
    /// A write or fsync failed. What was not acknowledged has been written again to a new segment and is durable; the
    /// disk needs looking after. Ends after one whole segment without another failure.
    /// </summary>
    Suspect,

    /// <summary>
    /// The disk is full. Tried again every few seconds; nothing durable is lost; sources are held back.
    /// </summary>
    DiskFull,

    /// <summary>
    /// The budget is used up by segments that a reader still needs. Sources are held back until it catches up.
    /// </summary>
    BudgetReached,

    /// <summary>
    /// Writing failed twice. Nothing more is acknowledged until the agent is started anew on a sound disk.
    /// </summary>
    Stopped,
}
