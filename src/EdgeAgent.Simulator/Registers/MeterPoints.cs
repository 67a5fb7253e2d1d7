using EdgeAgent.Modbus.Values;
using EdgeAgent.Simulator.Script;
using static EdgeAgent.Modbus.ModbusFunction;

namespace EdgeAgent.Simulator.Registers;

/// <summary>What the meters offer: some count in integers, some in floats, each make in its own order.</summary>
internal static class MeterPoints
{
    public const string Total = "total";

    public static IReadOnlyList<Point> Of(MeterScript meter, ulong key) => meter.Carrier switch
    {
        Carrier.Electricity => Electricity(meter, key),
        Carrier.NaturalGas => Gas(meter, key),
        _ => Water(meter, key),
    };

    /// <summary>The points of a unit that is configured and dead.</summary>
    public static IReadOnlyList<Point> Blaster(ulong key) => new PointSheet(key)
        .At(ReadHoldingRegisters, 0, PointType.UInt16)
        .Signal("state", "运行状态字", "", 0, 1, 1, 0)
        .Signal("motor_current", "抛头电流", "A", 1, 302, 302, 10)
        .Signal("dust_pressure", "除尘压差", "kPa", 2, 121, 121, 5)
        .Points;

    private static IReadOnlyList<Point> Electricity(MeterScript meter, ulong key)
    {
        var (type, order) = meter.Definition.Parent is null
            ? (PointType.UInt32, RegisterOrder.WordsSwapped)
            : (PointType.Float32, RegisterOrder.BigEndian);
        var sheet = new PointSheet(key)
            .At(ReadHoldingRegisters, 0, type, order)
            .Add(Total, "累计有功电量", (in moment) => moment.Reading, "kWh", meter.Definition.Decimals)
            .At(ReadHoldingRegisters, 10, PointType.Float32)
            .Add("power", "总有功功率", (in moment) => moment.Rate * 36, "kW", 1);
        foreach (var phase in "abc")
        {
            sheet.Signal($"voltage_{phase}", $"{char.ToUpperInvariant(phase)}相电压", "V", 1, 2_314, 2_314, 18, 1);
        }

        foreach (var phase in "abc")
        {
            sheet.Signal($"current_{phase}", $"{char.ToUpperInvariant(phase)}相电流", "A", 1, 1_880, 1_880, 120, 1);
        }

        return sheet
            .Signal("frequency", "频率", "Hz", 2, 5_000, 5_000, 3, 1)
            .As(PointType.Int16)
            .Signal("power_factor", "功率因数", "", 3, 932, 932, 14)
            .Points;
    }

    private static IReadOnlyList<Point> Gas(MeterScript meter, ulong key) => new PointSheet(key)
        .At(ReadInputRegisters, 0, PointType.Float32, RegisterOrder.BytesSwapped)
        .Add(Total, "累计标况用气量", (in moment) => moment.Reading, "m3", meter.Definition.Decimals)
        .Add("flow", "瞬时流量", (in moment) => moment.Rate * 36, "m3/h", 1)
        .As(PointType.Int16)
        .Signal("temperature", "燃气温度", "°C", 1, 142, 142, 12, 10)
        .As(PointType.Float32)
        .Signal("pressure", "燃气压力", "kPa", 2, 29_850, 29_850, 160)
        .Points;

    private static IReadOnlyList<Point> Water(MeterScript meter, ulong key) => new PointSheet(key)
        .At(ReadHoldingRegisters, 0, PointType.UInt32)
        .Add(Total, "累计用水量", (in moment) => moment.Reading, "m3", meter.Definition.Decimals)
        .Add("flow", "瞬时流量", (in moment) => moment.Rate * 36, "m3/h", 4)
        .As(PointType.Int16)
        .Signal("pressure", "管网压力", "kPa", 0, 318, 318, 9)
        .Points;
}
