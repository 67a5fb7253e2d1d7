using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>A file that bears the name of a segment. Its header is null if it has no valid one.</summary>
internal sealed record SegmentFile(string Name, long Number, bool IsTemporary, long Length, SegmentHeader? Header);

/// <summary>
/// What the segment files of a folder mean together. A decision only: headers in, verdicts out; nothing is touched.
/// </summary>
internal sealed class SegmentChain
{
    private SegmentChain()
    {
    }

    /// <summary>The epoch, or null if no segment tells it.</summary>
    public ulong? Epoch { get; private set; }

    /// <summary>
    /// The segments that count, oldest first. The last one's length is not yet checked against its records.
    /// </summary>
    public List<StoredSegment> Segments { get; } = [];

    /// <summary>Whole, but not yet renamed.</summary>
    public List<SegmentFile> Unrenamed { get; } = [];

    /// <summary>Files whose content is worth nothing.</summary>
    public List<SegmentFile> Deletable { get; } = [];

    /// <summary>
    /// Files that cannot be read and are left for people to look at, until retention takes their neighbours.
    /// </summary>
    public List<SegmentFile> Unreadable { get; } = [];

    public List<RecoveryFinding> Findings { get; } = [];

    /// <summary>No new segment may have this number or a smaller one.</summary>
    public long NumberMax { get; private set; }

    /// <summary>
    /// Whether the newest file cannot be read, so that nobody knows how many entries it held, only that they are fewer
    /// than <see cref="SkippedSequences"/>: numbering goes on behind them.
    /// </summary>
    public long SkippedSequences { get; private set; }

    public static SegmentChain Build(IReadOnlyList<SegmentFile> files)
    {
        var chain = new SegmentChain { NumberMax = files.Select(file => file.Number).DefaultIfEmpty(0).Max() };
        var newestFirst = files.OrderByDescending(file => file.Number).ThenBy(file => file.IsTemporary).ToList();
        chain.Epoch = newestFirst.Find(HasHeader)?.Header?.Epoch;

        SegmentHeader? successor = null;
        var missingIsSaid = true;
        foreach (var file in newestFirst)
        {
            if (!HasHeader(file) || file.Header!.Epoch != chain.Epoch)
            {
                chain.AddHeaderless(file, successor);
                missingIsSaid |= successor?.Previous.Number == file.Number;
                continue;
            }

            var header = file.Header;
            if (successor is not null && file.Number > successor.Previous.Number)
            {
                chain.Deletable.Add(file);
                chain.Find(RecoveryFindingKind.AbandonedSegment, file, "its content was written again after a failure");
                continue;
            }

            if (successor is not null && file.Number < successor.Previous.Number && !missingIsSaid)
            {
                chain.FindMissing(successor);
            }

            chain.Add(file, header, successor);
            successor = header;
            missingIsSaid = false;
        }

        chain.Segments.Reverse();
        return chain;
    }

    /// <summary>No more entries than this were ever stored in so many bytes.</summary>
    public static long EntriesAtMost(long bytes) =>
        ((bytes / JournalFormat.RecordHeadBytes) + 1) * JournalFormat.MaxRows;

    private static bool HasHeader(SegmentFile file) => file.Header is { } header && header.Number == file.Number;

    private void AddHeaderless(SegmentFile file, SegmentHeader? successor)
    {
        // Nothing in a file is acknowledged before it is renamed, and by then its header is durable.
        if (file.IsTemporary)
        {
            Deletable.Add(file);
            Find(RecoveryFindingKind.UnfinishedSegment, file, "its creation was interrupted; nothing durable is lost");
            return;
        }

        Unreadable.Add(file);
        Find(RecoveryFindingKind.UnreadableSegment, file, "its header is not valid; readers get a gap");
        if (successor is null)
        {
            SkippedSequences += EntriesAtMost(file.Length);
        }
    }

    private void Add(SegmentFile file, SegmentHeader header, SegmentHeader? successor)
    {
        var length = file.Length;
        if (successor?.Previous.Number == file.Number)
        {
            length = Math.Min(length, successor.Previous.Length);
            if (length < successor.Previous.Length)
            {
                Findings.Add(new(
                    RecoveryFindingKind.ShortSegment,
                    file.Name,
                    length,
                    successor.Previous.Length - length,
                    $"{file.Name} has {length} bytes and had {successor.Previous.Length}; readers get a gap."));
            }
        }

        if (file.IsTemporary)
        {
            Unrenamed.Add(file);
            Find(RecoveryFindingKind.UnfinishedSegment, file, "it was whole but not renamed, and is used");
        }

        Segments.Add(new(JournalFormat.SegmentName(file.Number), header, length));
    }

    private void Find(RecoveryFindingKind kind, SegmentFile file, string what) =>
        Findings.Add(new(kind, file.Name, 0, file.Length, $"{file.Name}: {what}."));

    private void FindMissing(SegmentHeader successor)
    {
        var name = JournalFormat.SegmentName(successor.Previous.Number);
        Findings.Add(new(
            RecoveryFindingKind.MissingSegment,
            name,
            0,
            successor.Previous.Length,
            $"{name} with {successor.Previous.Length} bytes is gone; readers get a gap."));
    }
}
