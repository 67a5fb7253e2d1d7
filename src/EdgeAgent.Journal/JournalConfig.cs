namespace EdgeAgent.Journal;

/// <summary>Where and how the journal stores; "journal" in agent.json.</summary>
public sealed record JournalConfig
{
    public const long SegmentBytesMin = 4 * 1024;
    public const long SegmentBytesMax = 1024L * 1024 * 1024;

    /// <summary>The longest group, so that what may wait in memory for a slow disk stays small.</summary>
    public const int CommitBytesMax = 4 * 1024 * 1024;

    /// <summary>A group that waits for a slow disk grows to this many times <see cref="CommitBytes"/>.</summary>
    internal const int OpenGroupCommitCount = 4;

    /// <summary>The folder of this journal alone, on a local disk. Created if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// A new segment starts when the records of one have this many bytes. Deletion works in whole segments. 16 MiB are
    /// some 10 hours of 200 tags at 1 Hz.
    /// </summary>
    public long SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest that a sample waits for its fsync: what a power cut may take.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A group of this many bytes is committed at once.</summary>
    public int CommitBytes { get; init; } = 256 * 1024;

    /// <summary>Segments that all readers have passed are kept up to this size.</summary>
    public long RetentionBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Segments that all readers have passed are kept for this long.</summary>
    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromDays(31);

    /// <summary>
    /// All segments together never take more. When they do and none may be deleted, nothing more is taken.
    /// </summary>
    public long BudgetBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Set aside for the moment when the disk is full; 0 for none.</summary>
    public long BallastBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Memory of the newest durable batches, from which readers that keep up are fed without reading the disk.
    /// </summary>
    public long MemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>All that is wrong, each as a sentence that says what to write instead.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Folder))
        {
            yield return "The journal has no folder: name one on a local disk.";
        }

        if (SegmentBytes is < SegmentBytesMin or > SegmentBytesMax)
        {
            yield return $"segmentBytes is {SegmentBytes}: write {SegmentBytesMin} to {SegmentBytesMax}.";
        }

        if (CommitInterval < TimeSpan.FromMilliseconds(1) || CommitInterval > TimeSpan.FromSeconds(10))
        {
            yield return $"commitInterval is {CommitInterval}: write 1 ms to 10 s.";
        }

        if (CommitBytes is < 1 or > CommitBytesMax)
        {
            yield return $"commitBytes is {CommitBytes}: write 1 to {CommitBytesMax}.";
        }

        if (RetentionBytes < 0 || RetentionBytes > BudgetBytes)
        {
            yield return $"retentionBytes is {RetentionBytes}: write 0 to budgetBytes, which is {BudgetBytes}.";
        }

        if (RetentionAge < TimeSpan.Zero)
        {
            yield return $"retentionAge is {RetentionAge}: write a positive time.";
        }

        // Two segments at their longest: the one being written, and one that readers may have passed.
        var budgetMin = 2 * (SegmentBytes + (OpenGroupCommitCount * (long)CommitBytes));
        if (BudgetBytes < budgetMin)
        {
            yield return
                $"budgetBytes is {BudgetBytes}: with these segmentBytes and commitBytes write at least {budgetMin}.";
        }

        if (BallastBytes < 0)
        {
            yield return $"ballastBytes is {BallastBytes}: write 0 or more.";
        }

        if (MemoryBytes < 0)
        {
            yield return $"memoryBytes is {MemoryBytes}: write 0 or more.";
        }
    }
}
