using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Simulator.Registers;

/// <summary>The value of a point at a moment, as a whole number of its last decimal place.</summary>
internal delegate long PointValue(in UnitMoment moment);

/// <summary>The value of a text point at a moment.</summary>
internal delegate string PointText(in UnitMoment moment);

/// <summary>One value a unit offers: where it lies, how it is encoded, and what it is.</summary>
internal sealed record Point
{
    /// <summary>Unique in its device, for example "state".</summary>
    public required string Name { get; init; }

    /// <summary>In Chinese.</summary>
    public required string Description { get; init; }

    public required ModbusFunction Table { get; init; }

    /// <summary>Zero-based protocol address.</summary>
    public required int Address { get; init; }

    /// <summary>0 to 15 for a bit of a register; otherwise null.</summary>
    public int? Bit { get; init; }

    public required PointType Type { get; init; }

    /// <summary>Bytes of a text.</summary>
    public int TextBytes { get; init; }

    public RegisterOrder Order { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>Decimal places. An integer counts the last one; a float carries the value itself.</summary>
    public int Decimals { get; init; }

    /// <summary>What the register leaves out: value = register * 10^-Decimals + Offset.</summary>
    public int Offset { get; init; }

    /// <summary>How often a reader should read it.</summary>
    public int IntervalSeconds { get; init; } = 1;

    public PointValue? Value { get; init; }

    public PointText? Text { get; init; }

    public bool IsFloat => Type is PointType.Float32 or PointType.Float64;

    /// <summary>Addresses it takes: registers, or one bit.</summary>
    public int Length => Type switch
    {
        PointType.Int32 or PointType.UInt32 or PointType.Float32 or PointType.Bcd32 => 2,
        PointType.Int64 or PointType.UInt64 or PointType.Float64 => 4,
        PointType.Text => (TextBytes + 1) / 2,
        _ => 1,
    };

    public void Write(ModbusTables tables, in UnitMoment moment)
    {
        if (Text is not null)
        {
            tables.SetText(Table, Address, Text(moment), TextBytes, Order);
            return;
        }

        var raw = RawAt(moment);
        switch (Type)
        {
            case PointType.Bool when Bit is { } bit:
                tables.SetRegisterBit(Table, Address, bit, raw != 0);
                break;
            case PointType.Bool:
                tables.SetBit(Table, Address, raw != 0);
                break;
            case PointType.Int16 or PointType.UInt16:
                tables.SetUInt16(Table, Address, (ushort)raw, Order);
                break;
            case PointType.Int32 or PointType.UInt32:
                tables.SetUInt32(Table, Address, (uint)raw, Order);
                break;
            case PointType.Int64 or PointType.UInt64:
                tables.SetUInt64(Table, Address, (ulong)raw, Order);
                break;
            case PointType.Float32:
                tables.SetFloat32(Table, Address, (float)FloatAt(moment), Order);
                break;
            case PointType.Float64:
                tables.SetFloat64(Table, Address, FloatAt(moment), Order);
                break;
            case PointType.Bcd16:
                tables.SetBcd16(Table, Address, (int)raw, Order);
                break;
            case PointType.Bcd32:
                tables.SetBcd32(Table, Address, (int)raw, Order);
                break;
        }
    }

    /// <summary>What an integer point holds: the value in its last decimal place without the offset.</summary>
    public long RawAt(in UnitMoment moment) => Value!(moment) - (long)(Offset * PowersOfTen[Decimals]);

    /// <summary>What a float point holds: the value itself.</summary>
    public double FloatAt(in UnitMoment moment) => Value!(moment) / PowersOfTen[Decimals];

    private static double[] PowersOfTen { get; } = [1, 10, 100, 1_000, 10_000];
}
