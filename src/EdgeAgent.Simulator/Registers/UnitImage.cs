using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Registers;

/// <summary>
/// The points of one unit, and how they get into its tables: only those a request touches, all from one moment.
/// </summary>
internal sealed class UnitImage
{
    private readonly Point[][] _tables = new Point[(int)ModbusFunction.ReadInputRegisters + 1][];
    private readonly Func<long, UnitMoment> _momentAt;

    public UnitImage(LedgerDevice device, IReadOnlyList<Point> points, Func<long, UnitMoment> momentAt)
    {
        Device = device;
        Points = points;
        _momentAt = momentAt;
        foreach (var table in Enum.GetValues<ModbusFunction>())
        {
            _tables[(int)table] = [.. points.Where(point => point.Table == table).OrderBy(point => point.Address)];
        }
    }

    public LedgerDevice Device { get; }

    public bool IsMachine { get; init; }

    public IReadOnlyList<Point> Points { get; }

    /// <summary>How many addresses the unit has in a table; reading beyond is refused.</summary>
    public int Size(ModbusFunction table) => _tables[(int)table] is [.., var last] ? last.Address + last.Length : 0;

    /// <summary>What the unit knows at a plant time.</summary>
    public UnitMoment At(long time) => _momentAt(time);

    /// <summary>Brings every point that lies in the range up to a plant time.</summary>
    public void Refresh(ModbusTables tables, ModbusFunction table, int address, int quantity, long time)
    {
        var points = _tables[(int)table];
        var moment = _momentAt(time);
        foreach (var point in points.AsSpan(FirstBeyond(points, address)))
        {
            if (point.Address >= address + quantity)
            {
                break;
            }

            point.Write(tables, moment);
        }
    }

    /// <summary>Index of the first point that ends after the address.</summary>
    private static int FirstBeyond(Point[] points, int address)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].Address + points[middle].Length > address ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
