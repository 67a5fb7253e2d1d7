using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// What is known of each tag, in columns by tag index. Under the runner's gate. <see cref="Note"/> is the hot path: one
/// pass over the rows of a message, nothing allocated.
/// </summary>
internal sealed class TagStates
{
    private readonly int[] _indexOfHandle;
    private readonly Edge[] _last;
    private readonly Edge[] _before;
    private readonly bool[] _awaitsFirst;
    private readonly int[] _subscription;
    private readonly long[] _heardAt;

    /// <exception cref="ArgumentException">Two tags have one handle, or a handle is too large.</exception>
    public TagStates(IReadOnlyList<MonitoredTag> tags)
    {
        Tags = tags;
        var most = tags.Count == 0 ? 0 : tags.Max(tag => tag.Handle);
        if (most > MonitoredTag.HandleMax)
        {
            throw new ArgumentException($"The handle {most} is larger than {MonitoredTag.HandleMax}.", nameof(tags));
        }

        _indexOfHandle = new int[tags.Count == 0 ? 0 : most + 1];
        Array.Fill(_indexOfHandle, -1);
        for (var i = 0; i < tags.Count; i++)
        {
            if (_indexOfHandle[tags[i].Handle] >= 0)
            {
                throw new ArgumentException($"Two tags have the handle {tags[i].Handle}.", nameof(tags));
            }

            _indexOfHandle[tags[i].Handle] = i;
        }

        _last = new Edge[tags.Count];
        _before = new Edge[tags.Count];
        _awaitsFirst = new bool[tags.Count];
        _subscription = new int[tags.Count];
        _heardAt = new long[tags.Count];
        Array.Fill(_subscription, -1);
    }

    public IReadOnlyList<MonitoredTag> Tags { get; }

    /// <summary>The reading that was delivered last.</summary>
    public Edge Last(int tag) => _last[tag];

    /// <summary>When anything of the tag last came, by our clock.</summary>
    public long HeardAt(int tag) => _heardAt[tag];

    public void Heard(int tag, long now) => _heardAt[tag] = now;

    /// <summary>Whether some item of a subscription has not said anything yet.</summary>
    public bool IsAnyUnheard(ActiveSubscription subscription)
    {
        foreach (var tag in subscription.Tags)
        {
            if (_subscription[tag] == subscription.Number && !_last[tag].IsKnown)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nothing more is expected of the tag.</summary>
    public void Release(int tag) => _subscription[tag] = -1;

    public bool AwaitsFirst(int tag) => _awaitsFirst[tag];

    /// <summary>The tag's values come from this subscription; from now on it is listened for.</summary>
    public void Assign(int tag, int subscription, long now)
    {
        _subscription[tag] = subscription;
        _heardAt[tag] = now;
    }

    /// <summary>A hole begins: what comes first after it is waited for. In a hole within a hole the first edge counts.</summary>
    public void AwaitFirst(int tag)
    {
        if (!_awaitsFirst[tag])
        {
            (_before[tag], _awaitsFirst[tag]) = (_last[tag], true);
        }
    }

    /// <summary>Waits no longer, and says what was last delivered before the hole.</summary>
    public Edge StopAwaiting(int tag)
    {
        _awaitsFirst[tag] = false;
        return _before[tag];
    }

    /// <summary>The index of a handle, or -1.</summary>
    public int IndexOf(uint handle) => handle < _indexOfHandle.Length ? _indexOfHandle[handle] : -1;

    /// <summary>Takes notice of rows that are about to be delivered.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="subscription">Whose they are; rows of other subscriptions' tags are strangers.</param>
    /// <param name="publishTime">Stands in where a row has no time.</param>
    /// <param name="now">Timestamp of our clock.</param>
    /// <param name="notes">Gets the rows that are out of the ordinary.</param>
    /// <returns>The latest time of a row; none without rows.</returns>
    public UaDateTime Note(ValueColumns values, int subscription, UaDateTime publishTime, long now, List<NotedRow> notes)
    {
        var newest = UaDateTime.None;
        var handles = values.Handles;
        for (var row = 0; row < handles.Length; row++)
        {
            var tag = IndexOf(handles[row]);
            if (tag < 0 || _subscription[tag] != subscription)
            {
                notes.Add(new(row, tag, RowMarks.Stranger, default, default));
                continue;
            }

            var edge = Edge.Of(values, row, publishTime);
            ref var last = ref _last[tag];
            var marks = (edge.IsSame(last) ? RowMarks.Repeated : RowMarks.None)
                | (_awaitsFirst[tag] ? RowMarks.First : RowMarks.None)
                | (edge.Status.HasOverflow ? RowMarks.Overflow : RowMarks.None);
            if (marks != RowMarks.None)
            {
                notes.Add(new(row, tag, marks, _awaitsFirst[tag] ? _before[tag] : last, edge));
                _awaitsFirst[tag] = false;
            }

            last = edge;
            _heardAt[tag] = now;
            newest = edge.Time > newest ? edge.Time : newest;
        }

        return newest;
    }
}
