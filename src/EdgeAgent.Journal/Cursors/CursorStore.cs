using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Cursors;

/// <summary>
/// The durable positions of all readers of a journal. What all have passed may be deleted. Thread-safe.
/// </summary>
internal sealed class CursorStore(IFileSystem files, string folder, ulong epoch)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CursorPosition> _positions = new(StringComparer.Ordinal);

    /// <summary>The position up to which all readers have read; everything, if there are none.</summary>
    public long Passed
    {
        get
        {
            lock (_gate)
            {
                return _positions.Count == 0 ? long.MaxValue : _positions.Values.Min(position => position.Sequence);
            }
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _positions.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>
    /// Reads all positions; a reader whose position is lost starts with the oldest entry. Returns where numbering may
    /// go on: at <paramref name="next"/>, or at the furthest position. The journal could be read up to <paramref
    /// name="end"/>.
    /// </summary>
    public long Restore(long oldest, long end, long next, List<RecoveryFinding> findings)
    {
        lock (_gate)
        {
            foreach (var file in files.List(folder).Where(IsCursor).Order(StringComparer.Ordinal))
            {
                var name = file[..^JournalFormat.CursorSuffix.Length];
                if (CursorFile.Read(files, folder, name, epoch) is not { } position)
                {
                    position = new(oldest, UtcTime.None);
                    findings.Add(new(
                        RecoveryFindingKind.DamagedCursor,
                        file,
                        0,
                        0,
                        $"{file} is damaged or of another journal; the reader starts again at entry {oldest}."));
                }

                if (position.Sequence > end)
                {
                    findings.Add(new(
                        RecoveryFindingKind.CursorAhead,
                        file,
                        0,
                        0,
                        $"{file} is at entry {position.Sequence} and the journal ends at {end}: its end is lost."));
                    next = Math.Max(next, position.Sequence);
                }

                _positions[name] = position;
            }

            return next;
        }
    }

    /// <summary>The position of a reader, which is registered from now on.</summary>
    public CursorPosition Open(string name, long oldest)
    {
        lock (_gate)
        {
            if (!_positions.TryGetValue(name, out var position))
            {
                // Durable at once: otherwise retention after a restart would not know this reader.
                position = new(oldest, UtcTime.None);
                CursorFile.Write(files, folder, name, epoch, position);
                _positions.Add(name, position);
            }

            return position;
        }
    }

    /// <summary>Durable when it returns.</summary>
    public void Commit(string name, CursorPosition position)
    {
        CursorFile.Write(files, folder, name, epoch, position);
        lock (_gate)
        {
            _positions[name] = position;
        }
    }

    /// <summary>Nothing is kept for this reader any more.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_positions.Remove(name))
            {
                files.Delete(Path.Combine(folder, CursorFile.NameOf(name)));
                files.SyncFolder(folder);
            }
        }
    }

    private static bool IsCursor(string file) => file.EndsWith(JournalFormat.CursorSuffix, StringComparison.Ordinal);
}
