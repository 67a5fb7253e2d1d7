namespace EdgeAgent.Sinks;

/// <summary>How big the outbox may grow and how long it keeps what is done.</summary>
internal sealed record OutboxLimits
{
    /// <summary>
    /// Two years of four KPIs for 50 scopes, hourly; also what a start can count in well under a second.
    /// </summary>
    public long RowsMax { get; init; } = 1_000_000;

    /// <summary>
    /// Size of the database file. The write-ahead log comes on top, see <see cref="OutboxDatabase"/>.
    /// </summary>
    public long BytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// How long a published row stays. It is also how long a repeated put is recognised, so it must be longer than any
    /// replay of the journal reaches back.
    /// </summary>
    public TimeSpan PublishedKept { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most rows one transaction deletes, so that no put waits long behind it.</summary>
    public int PurgeRowsMax { get; init; } = 10_000;

    /// <summary>
    /// A database up to this size is checked in whole at every start (about 0.3 s per 64 MiB on a PC, a few seconds on
    /// eMMC); a bigger one only after a stop that was not clean.
    /// </summary>
    public long CheckedAtEveryStartBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Damaged files set aside and kept; older ones are deleted, so that a dying disk is not filled by them.
    /// </summary>
    public int SetAsideFilesMax { get; init; } = 4;
}
