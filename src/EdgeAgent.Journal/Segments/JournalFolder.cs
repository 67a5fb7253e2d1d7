using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>Reads what the files of a journal's folder say about themselves. Changes nothing.</summary>
internal static class JournalFolder
{
    /// <exception cref="JournalUnavailableException">A newer version wrote here.</exception>
    public static SegmentChain ReadChain(IFileSystem files, string folder)
    {
        var segments = new List<SegmentFile>();
        foreach (var name in files.List(folder))
        {
            if (JournalFormat.TryParseSegmentName(name, out var number, out var isTemporary))
            {
                segments.Add(ReadFile(files, folder, name, number, isTemporary));
            }
        }

        return SegmentChain.Build(segments);
    }

    /// <summary>How far the records of the last segment reach, and what is wrong with them.</summary>
    public static SegmentEnd ReadEnd(
        IFileSystem files, string folder, StoredSegment segment, TagTables tables, SampleBatchPool pool)
    {
        var findings = new List<RecoveryFinding>();
        var last = UtcTime.None;
        using var reader = SegmentReader.Open(files, folder, segment, tables, pool, findings.Add);
        while (reader.TryRead(out var entry))
        {
            last = entry.LastTime();
            entry.Batch?.Release();
        }

        var end = Math.Max(reader.EndOffset, Math.Min(segment.Length, segment.Header.RecordsOffset));
        return new(
            end,
            Math.Max(reader.NextSequence, segment.FirstSequence),
            last,
            [.. findings.Select(finding => finding.Offset >= end ? TornTail(finding) : finding)]);
    }

    private static RecoveryFinding TornTail(RecoveryFinding finding) => finding with
    {
        Kind = RecoveryFindingKind.TornTail,
        Message = $"{finding.File}: {finding.Bytes} bytes at offset {finding.Offset} are no whole record: the write "
            + "that the stop interrupted.",
    };

    private static SegmentFile ReadFile(IFileSystem files, string folder, string name, long number, bool isTemporary)
    {
        using var file = files.Open(Path.Combine(folder, name), forWriting: false);
        var bytes = new byte[JournalFormat.HeaderBytes];
        var header = SegmentHeader.Read(bytes.AsSpan(0, ReadHeader(file, bytes)));
        if (header is not null && header.Version != JournalFormat.Version)
        {
            throw new JournalUnavailableException(
                $"'{Path.Combine(folder, name)}' is of journal version {header.Version}, and this agent reads version "
                + $"{JournalFormat.Version}. Run the agent that wrote it, or give this one a new data folder.");
        }

        return new(name, number, isTemporary, file.Length, header);
    }

    // A header on a bad sector is a damaged header.
    private static int ReadHeader(IStoredFile file, Span<byte> bytes)
    {
        try
        {
            return file.Read(0, bytes);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>Where a segment ends.</summary>
/// <param name="Offset">Behind the last whole record.</param>
/// <param name="NextSequence">The number after its last entry.</param>
/// <param name="LastTime">Gateway time of its last readable entry, or none.</param>
/// <param name="Findings">What is wrong, the torn tail included.</param>
internal sealed record SegmentEnd(
    long Offset, long NextSequence, UtcTime LastTime, IReadOnlyList<RecoveryFinding> Findings);
