using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Cursors;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

/// <summary>
/// The durable, append-only store of all samples and gaps. The promise: an entry that a reader has been given, or that
/// the counters call durable, survives kill -9 and power loss; what cannot be read back any more is reported and
/// becomes a gap, never a wrong number.
/// <para>
/// Life: <see cref="Open"/> recovers; <see cref="RunAsync"/> is started once and commits until cancelled, then commits
/// what is left; meanwhile any number of tasks call <see cref="AppendAsync"/>; readers use <see cref="OpenCursor"/>.
/// Dispose after RunAsync has returned.
/// </para>
/// </summary>
public sealed partial class SampleJournal : IDisposable
{
    private const string LockName = "journal.lock";

    // Batches that readers of old segments and appenders share; beyond, they are left to the garbage collector.
    private const int ReadBatchCount = 8;

    private readonly JournalConfig _config;
    private readonly TimeProvider _clock;
    private readonly IFileSystem _files;
    private readonly Action<JournalEvent> _report;
    private readonly IDisposable _lock;
    private readonly TagTables _tables;
    private readonly SampleBatchPool _readPool;
    private readonly DurableLog _log;
    private readonly CursorStore _cursors;
    private readonly Ballast _ballast;

    private SampleJournal(
        JournalConfig config,
        TagTable tags,
        TimeProvider clock,
        IFileSystem files,
        Action<JournalEvent> report,
        IDisposable taken)
    {
        _config = config;
        _clock = clock;
        _files = files;
        _report = report;
        _lock = taken;
        _tables = new(tags);
        _readPool = new(JournalFormat.MaxRows, ReadBatchCount);
        _ballast = new(files, config.Folder, config.BallastBytes);

        var recovered = new Recovery(files, config.Folder).Run(_tables, _readPool, NewEpoch);
        var oldest = recovered.Segments.Count > 0 ? recovered.Segments[0].FirstSequence : recovered.NextSequence;
        _cursors = new(files, config.Folder, recovered.Epoch);
        var next = _cursors.Restore(oldest, recovered.EndSequence, recovered.NextSequence, recovered.Findings);
        _log = new(config.MemoryBytes, oldest, next);
        _log.Restore(recovered.Segments);
        _unreadable = [.. recovered.Unreadable];
        _encoder = new(recovered.Epoch, recovered.NumberMax, next, tags);
        _writer = new(files, config.Folder, recovered.Epoch, recovered.Last);
        _health = new(config.SegmentBytes);
        _commitTimer = clock.CreateTimer(static me => ((SampleJournal)me!).CommitSoon(), this, Never, Never);
        Recovery = new(recovered.Epoch, oldest, next, recovered.LastTime, recovered.Findings);
    }

    /// <summary>What was found at the opening.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Names of the readers for which segments are kept.</summary>
    public IReadOnlyList<string> CursorNames => _cursors.Names;

    /// <summary>
    /// Opens or creates the journal of a folder and brings it into order. Damage never keeps it from opening.
    /// </summary>
    /// <param name="config">Where and how.</param>
    /// <param name="tags">The table of the samples to come; readers get it for all segments with equal tags.</param>
    /// <param name="clock">Times the groups, the retries, and the age of segments.</param>
    /// <param name="report">Is told what belongs into the log. Called from several threads; must not throw.</param>
    /// <exception cref="ArgumentException">
    /// The configuration is impossible; the message says what to write instead.
    /// </exception>
    /// <exception cref="JournalUnavailableException">
    /// The folder cannot be used; the message names the remedy.
    /// </exception>
    public static SampleJournal Open(
        JournalConfig config, TagTable tags, TimeProvider clock, Action<JournalEvent>? report = null) =>
        OpenOn(new DiskFileSystem(), config, tags, clock, report);

    internal static SampleJournal OpenOn(
        IFileSystem files, JournalConfig config, TagTable tags, TimeProvider clock, Action<JournalEvent>? report = null)
    {
        if (config.Problems().ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(config));
        }

        IDisposable? taken = null;
        try
        {
            files.CreateFolder(config.Folder);
            var path = Path.Combine(config.Folder, LockName);
            taken = files.TryLock(path) ?? throw new JournalUnavailableException(
                $"The journal folder '{config.Folder}' is in use by another agent (process {files.ReadLock(path)}). "
                + "Stop that one, or give this one its own data folder.");
            var journal = new SampleJournal(config, tags, clock, files, report ?? (static _ => { }), taken);
            taken = null;
            return journal;
        }
        catch (Exception failure) when (DiskError.IsOne(failure))
        {
            throw new JournalUnavailableException(
                $"The journal folder '{config.Folder}' cannot be used: {failure.Message} It must be on a writable disk "
                + "with some free room, and belong to the agent's user.",
                failure);
        }
        finally
        {
            taken?.Dispose();
        }
    }

    /// <summary>
    /// A reader with a durable position. A new name starts with the oldest entry; from now on nothing that it has not
    /// passed is deleted, until <see cref="RemoveCursor"/>.
    /// </summary>
    /// <param name="name">1 to 64 of a-z, 0-9 and hyphen. At most one open cursor may have it.</param>
    /// <exception cref="IOException">The position of a new reader cannot be stored.</exception>
    public JournalCursor OpenCursor(string name)
    {
        if (name.Length is < 1 or > 64 || name.AsSpan().ContainsAnyExcept(CursorNameCharacters))
        {
            throw new ArgumentException(
                $"'{name}' cannot name a cursor: use 1 to 64 of a-z, 0-9 and hyphen.", nameof(name));
        }

        return new(name, _cursors.Open(name, _log.OldestSequence), _log, _cursors, NewFeed(), _readPool, OnPassed);
    }

    /// <summary>
    /// A reader without a name: starts with the newest entries, keeps no position and holds nothing back.
    /// </summary>
    public JournalCursor Follow() =>
        new(null, new(_log.NextSequence, UtcTime.None), _log, _cursors, NewFeed(), _readPool, OnPassed);

    /// <summary>A reader will not come back: segments are no longer kept for it.</summary>
    public void RemoveCursor(string name)
    {
        _cursors.Remove(name);
        OnPassed();
    }

    /// <summary>The journal as it is now.</summary>
    public JournalStatus Status()
    {
        var segments = _log.Segments;
        lock (_gate)
        {
            return new(
                _health.State,
                _health.Reason,
                _log.OldestSequence,
                _log.NextSequence,
                _durableSamples,
                _durableGaps,
                _durableBytes,
                _commits,
                _open.SampleCount + _committing.SampleCount,
                PendingFor(),
                segments.Count,
                StoredBytes(segments));
        }
    }

    /// <summary>Closes the files. What is not durable by then is lost: stop <see cref="RunAsync"/> first.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Refuse();
        }

        _commitTimer.Dispose();
        _writer.Dispose();
        _log.Clear();
        foreach (var group in (CommitGroup[])[_committing, _open])
        {
            foreach (var item in group.Items)
            {
                item.Batch?.Release();
            }

            group.Clear();
        }

        _lock.Dispose();
    }

    private static ReadOnlySpan<char> CursorNameCharacters => "abcdefghijklmnopqrstuvwxyz0123456789-";

    private static ulong NewEpoch()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private EntryFeed NewFeed() => new(
        _files,
        _config.Folder,
        _tables,
        _readPool,
        finding => Report(JournalEventKind.DamageFound, finding.Message));

    private void Report(JournalEventKind kind, string message) => _report(new(kind, message));
}
