using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

/// <summary>
/// Reads all entries of a journal's folder without its lock and without changing anything: for tests, and for those who
/// check. Beside a running agent it sees what was on disk when it was opened.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private const int BatchCount = 4;

    private readonly List<RecoveryFinding> _findings;
    private readonly List<StoredSegment> _segments;
    private readonly EntryFeed _feed;
    private readonly SampleBatchPool _pool = new(Format.JournalFormat.MaxRows, BatchCount);
    private UtcTime _last = UtcTime.None;

    private JournalReader(string folder, TagTable? tags, IFileSystem files)
    {
        var tables = new TagTables(tags ?? TagTable.Empty);
        var chain = JournalFolder.ReadChain(files, folder);
        _findings = chain.Findings;
        _segments = [.. chain.Segments.Select(segment => WithItsName(segment, chain))];
        Epoch = chain.Epoch ?? 0;
        if (_segments.Count > 0)
        {
            var end = JournalFolder.ReadEnd(files, folder, _segments[^1], tables, _pool);
            _findings.AddRange(end.Findings);
            _segments[^1] = _segments[^1] with { Length = end.Offset };
            Position = _segments[0].FirstSequence;
            NextSequence = end.NextSequence;
        }

        _feed = new(files, folder, tables, _pool, _findings.Add);
    }

    public ulong Epoch { get; }

    /// <summary>Sequence number of the next entry to read; at first that of the oldest one.</summary>
    public long Position { get; private set; }

    /// <summary>The number after the last entry.</summary>
    public long NextSequence { get; }

    /// <summary>What is not as it should be, as far as reading has come.</summary>
    public IReadOnlyList<RecoveryFinding> Findings => _findings;

    /// <param name="folder">The folder of a journal.</param>
    /// <param name="tags">A table to be used for segments with equal tags.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="JournalUnavailableException">A newer version wrote here.</exception>
    public static JournalReader Open(string folder, TagTable? tags = null) => Open(folder, tags, new DiskFileSystem());

    internal static JournalReader Open(string folder, TagTable? tags, IFileSystem files) => new(folder, tags, files);

    /// <summary>The next entry; false at the end. The caller releases its batch.</summary>
    public bool TryRead(out JournalEntry entry)
    {
        if (Position >= NextSequence || !SegmentSpans.TryFind(_segments, Position, NextSequence, out var span))
        {
            entry = default;
            return false;
        }

        entry = _feed.Read(Position, span, _last);
        if (entry.Sequence < Position)
        {
            entry = entry.From(Position, _pool);
        }

        _last = entry.LastTime();
        Position = entry.NextSequence;
        return true;
    }

    public void Dispose() => _feed.Dispose();

    private static StoredSegment WithItsName(StoredSegment segment, SegmentChain chain) =>
        chain.Unrenamed.Find(file => file.Number == segment.Number) is { } file
            ? segment with { Name = file.Name }
            : segment;
}
