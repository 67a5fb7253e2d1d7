using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// A value that is sampled, and the queue of what was sampled and not yet published (Part 4, 5.13.1). Under the gate of
/// the address space.
/// </summary>
internal sealed class MonitoredItem(uint id, int node, uint attribute)
{
    // Part 4, 7.38.1, table 173: info type DataValue and the overflow bit.
    private const uint Overflow = 0x0480;

    private Variant _lastValue;
    private StatusCode _lastStatus;
    private UaDateTime _lastTime;
    private bool _hasLast;

    // A ring that grows up to the queue size.
    private DataValue[] _queue = new DataValue[1];
    private int _first;

    public uint Id { get; } = id;

    public int Node { get; } = node;

    public uint Attribute { get; } = attribute;

    public uint ClientHandle { get; set; }

    public TimestampsToReturn Timestamps { get; set; }

    public MonitoringMode Mode { get; set; } = MonitoringMode.Reporting;

    public DeadbandFilter Filter { get; set; } = DeadbandFilter.Default;

    public int QueueSize { get; private set; } = 1;

    public bool DiscardsOldest { get; private set; } = true;

    public SamplingGroup? Group { get; set; }

    /// <summary>Where it stands in its group.</summary>
    public int GroupPosition { get; set; }

    /// <summary>Whether the subscription has it in its list of items with something to publish.</summary>
    public bool IsListed { get; set; }

    /// <summary>Values in the queue.</summary>
    public int Count { get; private set; }

    public ref readonly DataValue First => ref _queue[_first];

    /// <summary>Shrinking drops the oldest or the newest, as overflow does.</summary>
    public void SetQueue(int size, bool discardsOldest)
    {
        (QueueSize, DiscardsOldest) = (Math.Max(1, size), discardsOldest);
        while (Count > QueueSize)
        {
            if (DiscardsOldest)
            {
                RemoveFirst();
            }
            else
            {
                Count--;
            }
        }
    }

    /// <summary>Takes a sample; true if it is put into the queue.</summary>
    public bool Sample(in Variant value, StatusCode status, UaDateTime sourceTime, UaDateTime serverTime)
    {
        if (_hasLast
            && !Filter.IsChange(_lastValue, _lastStatus, _lastTime, value, status, sourceTime))
        {
            return false;
        }

        (_lastValue, _lastStatus, _lastTime, _hasLast) = (value, status, sourceTime, true);
        Enqueue(new(value, status, sourceTime, serverTime));
        return true;
    }

    /// <summary>The next sample counts as a change whatever it is (ResendData, first value).</summary>
    public void Forget() => _hasLast = false;

    /// <summary>What was sampled last, again (ResendData): only where nothing waits (Part 5, 9.2).</summary>
    public bool Resend(UaDateTime serverTime)
    {
        if (Count > 0 || !_hasLast)
        {
            return false;
        }

        Enqueue(new(_lastValue, _lastStatus, _lastTime, serverTime));
        return true;
    }

    public void RemoveFirst()
    {
        _queue[_first] = default;
        _first = _first + 1 == _queue.Length ? 0 : _first + 1;
        Count--;
    }

    public void Clear()
    {
        (_first, Count) = (0, 0);
        Array.Clear(_queue);
    }

    /// <summary>A test's way to say that the queue has overflowed: bit and all.</summary>
    public void ForceOverflow()
    {
        if (Count > 0)
        {
            Mark(ref _queue[_first]);
        }
    }

    private void Enqueue(in DataValue value)
    {
        if (Count == QueueSize)
        {
            if (QueueSize == 1)
            {
                _queue[_first] = value; // Part 4, 7.22.1: no overflow bit with a queue of one.
                return;
            }

            if (!DiscardsOldest)
            {
                ref var newest = ref _queue[(_first + Count - 1) % _queue.Length];
                newest = value;
                Mark(ref newest);
                return;
            }

            RemoveFirst();
            Mark(ref _queue[_first]);
        }

        if (Count == _queue.Length)
        {
            Grow();
        }

        var end = _first + Count;
        _queue[end >= _queue.Length ? end - _queue.Length : end] = value;
        Count++;
    }

    private static void Mark(ref DataValue value) =>
        value = value with { Status = new(value.Status.Value | Overflow) };

    private void Grow()
    {
        var larger = new DataValue[Math.Min(QueueSize, 2 * _queue.Length)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _queue[(_first + i) % _queue.Length];
        }

        (_queue, _first) = (larger, 0);
    }
}
