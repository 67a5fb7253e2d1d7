using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A monitored item of the model server: a queue of times at which its node changed.</summary>
internal sealed class ModelItem(uint id, uint handle, ModelNode node, int queueSize)
{
    private readonly List<(long Time, bool Overflow)> _queue = [];

    public uint Id { get; } = id;

    public uint Handle { get; } = handle;

    public ModelNode Node { get; } = node;

    public bool IsEmpty => _queue.Count == 0;

    public void Report(long time)
    {
        _queue.Add((time, false));
        if (_queue.Count > queueSize)
        {
            _queue.RemoveAt(0);
            _queue[0] = (_queue[0].Time, true);
        }
    }

    public IEnumerable<MonitoredItemNotification> Take(int most)
    {
        // Part 4, 7.39: info type DataValue, overflow.
        const uint Overflow = 0x0480;
        var taken = _queue.Take(most).Select(entry => new MonitoredItemNotification
        {
            ClientHandle = Handle,
            Value = Node.At(entry.Time) with { Status = new StatusCode(entry.Overflow ? Overflow : 0) },
        }).ToList();
        _queue.RemoveRange(0, taken.Count);
        return taken;
    }
}
