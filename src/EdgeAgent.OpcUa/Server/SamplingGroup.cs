namespace EdgeAgent.OpcUa.Server;

/// <summary>The items of one subscription that are sampled at the same instants: multiples of their interval.</summary>
/// <param name="interval">Ticks of 100 ns, above 0.</param>
/// <param name="now">Ticks since the server began.</param>
internal sealed class SamplingGroup(long interval, long now)
{
    private readonly List<MonitoredItem> _items = [];

    public long Interval { get; } = interval;

    public long Due { get; set; } = ((now / interval) + 1) * interval;

    public IReadOnlyList<MonitoredItem> Items => _items;

    public void Add(MonitoredItem item)
    {
        (item.Group, item.GroupPosition) = (this, _items.Count);
        _items.Add(item);
    }

    public void Remove(MonitoredItem item)
    {
        var last = _items[^1];
        _items[item.GroupPosition] = last;
        last.GroupPosition = item.GroupPosition;
        _items.RemoveAt(_items.Count - 1);
        item.Group = null;
    }
}
