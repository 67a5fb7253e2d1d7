using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>The last values of a variable in the order of their source times; the oldest give way.</summary>
internal sealed class HistoryRing(int capacity)
{
    private readonly DataValue[] _values = new DataValue[capacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>0 is the oldest.</summary>
    public DataValue this[int index] => _values[(_first + index) % _values.Length];

    /// <summary>
    /// Appends; a value not younger than the last one in source time is no new reading and is left out.
    /// </summary>
    public void Add(DataValue value)
    {
        if (Count > 0 && value.SourceTime <= this[Count - 1].SourceTime)
        {
            return;
        }

        if (Count < _values.Length)
        {
            _values[(_first + Count++) % _values.Length] = value;
        }
        else
        {
            _values[_first] = value;
            _first = (_first + 1) % _values.Length;
        }
    }

    /// <summary>The first position whose source time is not before <paramref name="time"/>.</summary>
    public int LowerBound(UaDateTime time)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].SourceTime < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public void Clear() => (_first, Count) = (0, 0);
}
