using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>The values of all variables in columns.</summary>
internal sealed class VariableValues
{
    private const int FirstCapacity = 1024;

    private readonly Dictionary<int, Func<UaDateTime, DataValue>> _functions = [];
    private readonly Dictionary<int, HistoryRing> _histories = [];
    private Variant[] _values = new Variant[FirstCapacity];
    private StatusCode[] _statuses = new StatusCode[FirstCapacity];
    private UaDateTime[] _times = new UaDateTime[FirstCapacity];
    private BuiltInType[] _types = new BuiltInType[FirstCapacity];
    private Feature[] _features = new Feature[FirstCapacity];
    private int _count;

    [Flags]
    private enum Feature : byte
    {
        None = 0,
        Function = 1,
        History = 2,
        ForcedStatus = 4,
    }

    public int Add(BuiltInType type, Variant value)
    {
        if (_count == _values.Length)
        {
            var capacity = 2 * _count;
            Array.Resize(ref _values, capacity);
            Array.Resize(ref _statuses, capacity);
            Array.Resize(ref _times, capacity);
            Array.Resize(ref _types, capacity);
            Array.Resize(ref _features, capacity);
        }

        _types[_count] = type;
        _values[_count] = value.IsNull && Variant.IsInline(type) ? Variant.Inline(type, 0) : value;
        return _count++;
    }

    public BuiltInType TypeOf(int index) => _types[index];

    public void SetFunction(int index, Func<UaDateTime, DataValue> function)
    {
        _functions[index] = function;
        _features[index] |= Feature.Function;
    }

    public void KeepHistory(int index, int capacity)
    {
        _histories[index] = new(capacity);
        _features[index] |= Feature.History;
    }

    public HistoryRing? HistoryOf(int index) =>
        (_features[index] & Feature.History) != 0 ? _histories[index] : null;

    public void Set(int index, Variant value, StatusCode status, UaDateTime time)
    {
        _values[index] = value;
        _times[index] = time;
        if ((_features[index] & Feature.ForcedStatus) == 0)
        {
            _statuses[index] = status;
        }

        if ((_features[index] & Feature.History) != 0)
        {
            _histories[index].Add(new(value, _statuses[index], time, time));
        }
    }

    /// <summary>Adds one to a counter; its type must be an integer's.</summary>
    public void CountUp(int index, UaDateTime time) =>
        Set(index, Variant.Inline(_types[index], _values[index].Bits + 1), StatusCodes.Good, time);

    /// <summary>The status stands whatever is set or computed, until it is forced to null.</summary>
    public void ForceStatus(int index, StatusCode? status, UaDateTime time)
    {
        _statuses[index] = status ?? StatusCodes.Good;
        _times[index] = time;
        if (status is null)
        {
            _features[index] &= ~Feature.ForcedStatus;
        }
        else
        {
            _features[index] |= Feature.ForcedStatus;
        }
    }

    public void Read(int index, UaDateTime now, out Variant value, out StatusCode status, out UaDateTime time)
    {
        var feature = _features[index];
        if ((feature & Feature.Function) == 0)
        {
            (value, status, time) = (_values[index], _statuses[index], _times[index]);
            return;
        }

        var computed = _functions[index](now);
        (value, status, time) = (computed.Value, computed.Status, computed.SourceTime);
        if ((feature & Feature.ForcedStatus) != 0)
        {
            status = _statuses[index];
        }

        if ((feature & Feature.History) != 0)
        {
            _histories[index].Add(new(value, status, time, now));
        }
    }
}
