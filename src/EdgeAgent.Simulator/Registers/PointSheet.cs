using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Registers;

/// <summary>
/// Collects a unit's points one after the other: each lies behind the one before it in the current table, in the
/// current type and order, unless told otherwise.
/// </summary>
internal sealed class PointSheet(ulong key)
{
    private readonly List<Point> _points = [];
    private ModbusFunction _table;
    private int _address;
    private PointType _type;
    private RegisterOrder _order;
    private int _interval = 1;

    public IReadOnlyList<Point> Points => _points;

    /// <summary>From here on, until told otherwise.</summary>
    public PointSheet At(
        ModbusFunction table, int address, PointType type, RegisterOrder order = default, int intervalSeconds = 1)
    {
        (_table, _address, _type, _order, _interval) = (table, address, type, order, intervalSeconds);
        return this;
    }

    public PointSheet As(PointType type)
    {
        _type = type;
        return this;
    }

    public PointSheet Add(
        string name, string description, PointValue value, string unit = "", int decimals = 0, int offset = 0) =>
        Add(new()
        {
            Name = name,
            Description = description,
            Table = _table,
            Address = _address,
            Type = _type,
            Order = OrderOf(_type),
            Unit = unit,
            Decimals = decimals,
            Offset = offset,
            IntervalSeconds = _interval,
            Value = value,
        });

    /// <summary>A process value, see <see cref="Simulator.Registers.Signal"/>.</summary>
    public PointSheet Signal(
        string name, string description, string unit, int decimals, int running, int stopped, int noise,
        int refreshSeconds = 2, int driftSeconds = 0, int offset = 0)
    {
        var own = Draw.Mix(key, (ulong)_points.Count);
        var signal = new Signal(own, running, stopped, noise, refreshSeconds, driftSeconds);
        return Add(name, description, signal.At, unit, decimals, offset);
    }

    /// <summary>Bits of one register, from bit 0.</summary>
    public PointSheet Bits(params ReadOnlySpan<(string Name, string Description, PointValue Value)> bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            _points.Add(new()
            {
                Name = bits[i].Name,
                Description = bits[i].Description,
                Table = _table,
                Address = _address,
                Bit = i,
                Type = PointType.Bool,
                IntervalSeconds = _interval,
                Value = bits[i].Value,
            });
        }

        _address++;
        return this;
    }

    public PointSheet AddText(string name, string description, int bytes, PointText text) =>
        Add(new()
        {
            Name = name,
            Description = description,
            Table = _table,
            Address = _address,
            Type = PointType.Text,
            TextBytes = bytes,
            IntervalSeconds = _interval,
            Text = text,
        });

    private PointSheet Add(Point point)
    {
        _points.Add(point);
        _address += point.Length;
        return this;
    }

    // A value of one register has no registers to swap, a bit nothing at all.
    private RegisterOrder OrderOf(PointType type) => type switch
    {
        PointType.Bool => default,
        PointType.Int16 or PointType.UInt16 or PointType.Bcd16 => _order & RegisterOrder.BytesSwapped,
        _ => _order,
    };
}
