using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// What the server sampled for monitored items, so that a test can say "every value that was served". Off until a
/// capacity is given; when that is reached, nothing more is recorded and <see cref="IsFull"/> is set.
/// </summary>
public sealed class ServedValues
{
    private readonly Lock _gate = new();
    private readonly List<ServedValue> _values = [];
    private volatile int _capacity;

    /// <summary>How many values are recorded; 0 stops recording.</summary>
    public int Capacity
    {
        get => _capacity;
        set => _capacity = value;
    }

    public bool IsFull { get; private set; }

    /// <summary>A copy of everything so far, in the order of sampling.</summary>
    public IReadOnlyList<ServedValue> ToList()
    {
        lock (_gate)
        {
            return [.. _values];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _values.Clear();
            IsFull = false;
        }
    }

    internal void Add(int node, in DataValue value)
    {
        if (_capacity == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_values.Count < _capacity)
            {
                _values.Add(new(node, value));
            }
            else
            {
                IsFull = true;
            }
        }
    }
}

/// <param name="Node">The handle in the <see cref="AddressSpace"/>.</param>
public readonly record struct ServedValue(int Node, DataValue Value);
