using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Brings the segments of a folder into order at the opening: removes what was never acknowledged, renames what was
/// whole, cuts the torn tail, and makes sure with an fsync that what readers will be told is durable.
/// </summary>
internal sealed class Recovery(IFileSystem files, string folder)
{
    /// <exception cref="IOException">The file system refuses; nothing durable is lost.</exception>
    public RecoveredSegments Run(TagTables tables, SampleBatchPool pool, Func<ulong> newEpoch)
    {
        var chain = JournalFolder.ReadChain(files, folder);
        foreach (var file in chain.Deletable)
        {
            files.Delete(Path.Combine(folder, file.Name));
        }

        foreach (var file in chain.Unrenamed)
        {
            var path = Path.Combine(folder, JournalFormat.SegmentName(file.Number));
            files.Rename(Path.Combine(folder, file.Name), path);
        }

        var findings = chain.Findings;
        var end = 0L;
        var skipped = 0L;
        var lastTime = UtcTime.None;
        SegmentLink link = default;
        if (chain.Segments.Count > 0)
        {
            var last = JournalFolder.ReadEnd(files, folder, chain.Segments[^1], tables, pool);
            findings.AddRange(last.Findings);
            chain.Segments[^1] = chain.Segments[^1] with { Length = last.Offset };
            link = Settle(chain.Segments[^1]);
            (end, lastTime) = (last.NextSequence, last.LastTime);
            skipped = chain.SkippedSequences + SkippedAfter(last);

            // A last segment without a readable entry says nothing about when the agent stopped.
            for (var i = chain.Segments.Count - 2; i >= 0 && lastTime.IsNone; i--)
            {
                lastTime = JournalFolder.ReadEnd(files, folder, chain.Segments[i], tables, pool).LastTime;
            }
        }

        files.SyncFolder(folder);
        return new(
            chain.Epoch ?? newEpoch(),
            chain.Segments,
            chain.Unreadable,
            chain.NumberMax,
            end,
            end + skipped,
            link,
            lastTime,
            findings);
    }

    // Bytes that were cut were most likely never acknowledged. But they may be the damaged remains of entries that
    // were, and that readers know by their numbers: those numbers are not given again.
    private static long SkippedAfter(SegmentEnd end)
    {
        var tails = end.Findings.Where(finding => finding.Kind == RecoveryFindingKind.TornTail);
        var cut = tails.Sum(finding => finding.Bytes);
        return cut == 0 ? 0 : SegmentChain.EntriesAtMost(cut);
    }

    // A kill may have come between write and fsync: the records are whole, but only in the page cache.
    private SegmentLink Settle(StoredSegment segment)
    {
        using var file = files.Open(Path.Combine(folder, segment.Name), forWriting: true);
        if (file.Length > segment.Length)
        {
            file.Truncate(segment.Length);
        }

        file.Flush();
        var crc = 0u;
        var buffer = new byte[128 * 1024];
        for (long offset = 0; offset < segment.Length;)
        {
            var read = file.Read(offset, buffer.AsSpan(0, (int)Math.Min(buffer.Length, segment.Length - offset)));
            if (read == 0)
            {
                break;
            }

            crc = Crc32C.Append(crc, buffer.AsSpan(0, read));
            offset += read;
        }

        return new(segment.Number, segment.Length, crc);
    }
}

/// <summary>
/// The segments of a folder after recovery. They end at one number, and numbering goes on at another one if it may be
/// that there was more.
/// </summary>
internal sealed record RecoveredSegments(
    ulong Epoch,
    IReadOnlyList<StoredSegment> Segments,
    IReadOnlyList<SegmentFile> Unreadable,
    long NumberMax,
    long EndSequence,
    long NextSequence,
    SegmentLink Last,
    UtcTime LastTime,
    List<RecoveryFinding> Findings);
