using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A hole whose tags have a history that may fill it.</summary>
/// <param name="hole">Its beginning and cause.</param>
/// <param name="to">Its end.</param>
/// <param name="tags">Indices of the tags.</param>
/// <param name="dueAt">Timestamp of our clock from which on first readings are no longer waited for.</param>
/// <param name="serverStart">When the server started, if it did so within the hole; else none.</param>
internal sealed class HistoryJob(
    OpenHole hole, UaDateTime to, IReadOnlyList<int> tags, long dueAt, UaDateTime serverStart)
{
    public OpenHole Hole { get; } = hole;

    public UaDateTime To { get; } = to;

    public IReadOnlyList<int> Tags { get; private set; } = tags;

    public long DueAt { get; } = dueAt;

    public UaDateTime ServerStart { get; } = serverStart;

    /// <summary>Whether every tag reports once after the hole, changed or not.</summary>
    public bool HasInitialValues { get; init; }

    /// <summary>Null until all first readings have come, or enough time has passed.</summary>
    public List<HistoryRange>? Ranges { get; set; }

    /// <summary>Ranges whose both ends were known before another hole began.</summary>
    public List<HistoryRange> Collected { get; } = [];

    /// <summary>Ranges before this one are done.</summary>
    public int Next { get; set; }

    /// <summary>Tags that gave nothing after the hole, so that its end is not known.</summary>
    public List<int> Unheard { get; } = [];

    public IEnumerable<int> AllTags => Tags.Concat(Collected.Select(range => range.Tag));

    public bool IsDone => Ranges is { } ranges && Next >= ranges.Count;

    /// <summary>Of these tags no first reading is waited for here any more.</summary>
    public void Remove(IReadOnlySet<int> tags) => Tags = [.. Tags.Where(tag => !tags.Contains(tag))];
}
