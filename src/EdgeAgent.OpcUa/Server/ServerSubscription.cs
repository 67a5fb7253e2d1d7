using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// A subscription: items, what waits to be published, and counters (Part 4, 5.14.1). Under the space's gate.
/// </summary>
internal sealed class ServerSubscription(uint id, int retransmissionCapacity) : IDisposable
{
    // Part 4, 5.14.1.2: the first message has number 1; 0 is never used.
    private uint _lastSequence;

    public uint Id { get; } = id;

    /// <summary>Null while nobody has it: its session ended without it.</summary>
    public ServerSession? Session { get; set; }

    /// <summary>Who made it: only the same user may transfer it.</summary>
    public required string User { get; init; }

    /// <summary>Ticks of 100 ns.</summary>
    public long PublishingInterval { get; set; }

    public uint LifetimeCount { get; set; }

    public uint KeepAliveCount { get; set; }

    /// <summary>Values in a message at most.</summary>
    public int MaxNotifications { get; set; }

    public bool IsEnabled { get; set; }

    public byte Priority { get; set; }

    public Dictionary<uint, MonitoredItem> Items { get; } = [];

    public List<SamplingGroup> Groups { get; } = [];

    /// <summary>Items with something in their queues, the longest waiting first.</summary>
    public Queue<MonitoredItem> Ready { get; } = [];

    public RetransmissionQueue Retransmission { get; } = new(retransmissionCapacity);

    /// <summary>When the publishing timer fires next, in ticks since the server began.</summary>
    public long Due { get; set; }

    /// <summary>The timer fired, and there was no Publish request to answer.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether the first message, be it a keep-alive, has gone out.</summary>
    public bool HasSent { get; set; }

    /// <summary>Publishing intervals since the last message.</summary>
    public uint SilentIntervals { get; set; }

    /// <summary>Publishing intervals without a sign of the client.</summary>
    public uint UnattendedIntervals { get; set; }

    /// <summary>
    /// Whether there is something to publish; items that were emptied since are taken out on the way.
    /// </summary>
    public bool HasNotifications()
    {
        while (Ready.TryPeek(out var item) && item.Count == 0)
        {
            item.IsListed = false;
            Ready.Dequeue();
        }

        return IsEnabled && Ready.Count > 0;
    }

    /// <summary>The number of the next message, for keep-alives.</summary>
    public uint NextSequence => _lastSequence == uint.MaxValue ? 1 : _lastSequence + 1;

    public uint TakeSequence() => _lastSequence = NextSequence;

    /// <summary>Leaves out numbers, as if messages had been lost on the way.</summary>
    public void SkipSequences(uint count) => _lastSequence += count;

    /// <summary>Samples an item and lists it when it has something to publish.</summary>
    public void Sampled(MonitoredItem item, bool isQueued)
    {
        if (isQueued && item.Mode == MonitoringMode.Reporting && !item.IsListed)
        {
            item.IsListed = true;
            Ready.Enqueue(item);
        }
    }

    public void Schedule(MonitoredItem item, long interval, long now)
    {
        item.Group?.Remove(item);
        var group = Groups.Find(other => other.Interval == interval);
        if (group is null)
        {
            Groups.Add(group = new(interval, now));
        }
        else if (group.Items.Count == 0)
        {
            group.Due = ((now / interval) + 1) * interval;
        }

        group.Add(item);
    }

    public void Remove(MonitoredItem item)
    {
        item.Group?.Remove(item);
        item.Clear(); // It may still be listed; an empty one is passed over.
        Items.Remove(item.Id);
    }

    public void Dispose() => Retransmission.Dispose();
}
