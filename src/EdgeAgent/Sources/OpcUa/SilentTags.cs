using EdgeAgent.Core.Model;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Tags of which nothing is heard although the server is connected, and since when. Thread-safe.</summary>
internal sealed class SilentTags
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, UtcTime> _since = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _since.Count;
            }
        }
    }

    public void Add(IReadOnlyList<uint> handles, UtcTime since)
    {
        lock (_gate)
        {
            foreach (var handle in handles)
            {
                _since.TryAdd(handle, since);
            }
        }
    }

    /// <summary>Forgets the tags.</summary>
    /// <returns>Those that were silent, by the instant since which they were.</returns>
    public IReadOnlyList<(UtcTime Since, IReadOnlyList<uint> Handles)> Remove(IEnumerable<uint> handles)
    {
        lock (_gate)
        {
            var removed = new List<(uint Handle, UtcTime Since)>();
            foreach (var handle in handles)
            {
                if (_since.Remove(handle, out var since))
                {
                    removed.Add((handle, since));
                }
            }

            return [.. removed.GroupBy(one => one.Since)
                .Select(group => (group.Key, (IReadOnlyList<uint>)[.. group.Select(one => one.Handle)]))];
        }
    }

    public IReadOnlyList<(UtcTime Since, IReadOnlyList<uint> Handles)> RemoveAll()
    {
        lock (_gate)
        {
            return Remove([.. _since.Keys]);
        }
    }
}
