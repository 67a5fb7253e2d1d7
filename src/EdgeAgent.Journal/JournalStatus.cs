namespace EdgeAgent.Journal;

/// <summary>The journal at one moment. Counters count from the opening of the journal.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Reason">One sentence, or "" while healthy.</param>
/// <param name="OldestSequence">The first entry that is still stored.</param>
/// <param name="NextSequence">The number that the next durable entry gets.</param>
/// <param name="DurableSamples">Samples whose fsync returned.</param>
/// <param name="DurableGaps">Gaps whose fsync returned.</param>
/// <param name="DurableBytes">Bytes written for them, headers included: over a day, the wear of the disk.</param>
/// <param name="Commits">Groups, which is also fsyncs of data.</param>
/// <param name="PendingSamples">Taken and not yet durable.</param>
/// <param name="PendingFor">How long the oldest of them has been waiting; zero if there is none.</param>
/// <param name="SegmentCount">Segments on disk.</param>
/// <param name="StoredBytes">Their size, to be compared with the budget.</param>
public sealed record JournalStatus(
    JournalState State,
    string Reason,
    long OldestSequence,
    long NextSequence,
    long DurableSamples,
    long DurableGaps,
    long DurableBytes,
    long Commits,
    long PendingSamples,
    TimeSpan PendingFor,
    int SegmentCount,
    long StoredBytes);
