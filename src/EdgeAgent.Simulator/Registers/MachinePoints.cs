using EdgeAgent.Modbus.Values;
using EdgeAgent.Simulator.Script;
using static EdgeAgent.Modbus.ModbusFunction;

namespace EdgeAgent.Simulator.Registers;

/// <summary>What the controllers of the machines offer. Each kind has its own make, with its own habits.</summary>
internal static class MachinePoints
{
    // Names of the points a KPI reads; the configuration refers to them.
    public const string State = "state";
    public const string Product = "product";
    public const string Produced = "produced";
    public const string Good = "good";
    public const string Scrap = "scrap";
    public const string Rework = "rework";

    public static IReadOnlyList<Point> Of(MachineScript machine, ulong key) => machine.Definition.Kind switch
    {
        MachineKind.Kiln => Kiln(machine, key),
        MachineKind.Press => Press(machine, key),
        MachineKind.Cnc => Cnc(machine, key),
        _ => Packer(machine, key),
    };

    private static IReadOnlyList<Point> Kiln(MachineScript machine, ulong key) =>
        Core(new PointSheet(key).At(ReadHoldingRegisters, 0, PointType.UInt16), machine)
        .At(ReadHoldingRegisters, 10, PointType.Float32)
        .Signal("preheat_temperature", "预热带温度", "°C", 1, 6_420, 6_100, 60, 2, 120)
        .Signal("calcining_temperature_1", "煅烧带1号温度", "°C", 1, 9_850, 9_300, 90, 2, 180)
        .Signal("calcining_temperature_2", "煅烧带2号温度", "°C", 1, 10_120, 9_520, 90, 2, 180)
        .Signal("calcining_temperature_3", "煅烧带3号温度", "°C", 1, 10_060, 9_490, 90, 2, 180)
        .Signal("cooling_temperature", "冷却带温度", "°C", 1, 2_310, 2_120, 40, 5, 120)
        .Signal("flue_gas_temperature", "烟气温度", "°C", 1, 2_870, 2_440, 50, 2, 60)
        .Signal("discharge_temperature", "出料温度", "°C", 1, 960, 720, 20, 5, 60)
        .Signal("furnace_pressure", "窑膛压力", "Pa", 1, -420, -180, 60)
        .Signal("gas_flow", "燃气瞬时流量", "m3/h", 1, 9_000, 6_900, 120, 1, 5)
        .Signal("air_flow", "助燃风量", "m3/h", 0, 9_600, 7_200, 90, 1, 5)
        .As(PointType.Int32)
        .Signal("oxygen", "烟气氧含量", "%", 2, 412, 655, 25)
        .Signal("carbon_monoxide", "烟气CO", "mg/m3", 1, 1_180, 820, 90)
        .At(ReadInputRegisters, 0, PointType.Int16)
        .Signal("gas_pressure", "燃气压力", "kPa", 2, 1_250, 1_290, 15)
        .Signal("air_pressure", "助燃风压", "kPa", 2, 684, 520, 20)
        .Signal("fan_current", "引风机电流", "A", 1, 1_124, 760, 25, 1)
        .Signal("blower_current", "鼓风机电流", "A", 1, 862, 590, 20, 1)
        .Signal("feeder_current", "给料机电流", "A", 1, 148, 12, 8, 1)
        .Signal("shell_temperature", "窑壳温度", "°C", 1, 1_860, 1_790, 30, 10, 300)
        .Signal("bearing_temperature", "风机轴承温度", "°C", 1, 581, 512, 10, 10, 300)
        .Signal("fan_vibration", "风机振动", "mm/s", 2, 284, 122, 24)
        .Signal("ambient_temperature", "环境温度", "°C", 1, 63, 63, 30, 30, offset: -50)
        .As(PointType.UInt16)
        .Signal("material_level", "料位", "%", 1, 684, 702, 50, 5)
        .Signal("draught", "烟囱负压", "Pa", 0, 312, 220, 12)
        .As(PointType.Bcd16)
        .Signal("damper_position", "风门开度", "%", 0, 68, 35, 3, 5)
        .At(ReadCoils, 0, PointType.Bool)
        .Add("burner_on", "燃烧器运行", Running)
        .Add("feeder_on", "给料机运行", Running)
        .Add("alarm", "故障报警", Failed)
        .Points;

    private static IReadOnlyList<Point> Press(MachineScript machine, ulong key) =>
        Core(new PointSheet(key).At(ReadHoldingRegisters, 100, PointType.UInt16, RegisterOrder.WordsSwapped), machine)
        .Bits(("motor_on", "主电机运行", Running), ("door_closed", "安全门关", Running), ("alarm", "故障报警", Failed))
        .At(ReadHoldingRegisters, 112, PointType.Float32, RegisterOrder.WordsSwapped)
        .Signal("main_pressure", "主缸压力", "MPa", 2, 2_480, 310, 60, 1)
        .Signal("holding_pressure", "保压压力", "MPa", 2, 2_120, 280, 40, 1)
        .Signal("oil_temperature", "液压油温度", "°C", 1, 512, 438, 8, 5, 300)
        .Signal("mould_temperature", "模具温度", "°C", 1, 864, 715, 15, 5, 240)
        .Signal("brick_thickness", "砖坯厚度", "mm", 2, 10_012, 10_012, 14)
        .Signal("motor_current", "主电机电流", "A", 1, 786, 214, 30, 1)
        .Signal("power", "有功功率", "kW", 1, 396, 110, 12, 1)
        .At(ReadInputRegisters, 20, PointType.Int16)
        .Signal("oil_level", "油位", "%", 1, 812, 815, 6, 10)
        .Signal("stroke", "行程", "mm", 1, 3_850, 120, 20, 1)
        .Signal("feed_weight", "加料重量", "kg", 2, 982, 0, 8)
        .Signal("pump_current", "油泵电流", "A", 1, 305, 288, 9, 1)
        .Signal("cooling_water_temperature", "冷却水温度", "°C", 1, 271, 252, 5, 10, 300)
        .Signal("vibration", "机身振动", "mm/s", 2, 341, 60, 30)
        .As(PointType.UInt64)
        .Add("running_time", "累计生产时间", RunningMilliseconds, "s", 3)
        .Points;

    private static IReadOnlyList<Point> Cnc(MachineScript machine, ulong key)
    {
        var order = (RegisterOrder)(machine.Id[^1] - '1'); // Four machines of four makers.
        return Core(new PointSheet(key).At(ReadHoldingRegisters, 0, PointType.UInt16, order), machine)
            .Bits(
                ("spindle_on", "主轴运转", Running), ("coolant_on", "冷却液开", Running),
                ("door_closed", "防护门关", Running), ("alarm", "故障报警", Failed))
            .At(ReadHoldingRegisters, 20, PointType.Float32, order)
            .Signal("spindle_speed", "主轴转速", "rpm", 0, 2_400, 0, 30, 1, 3)
            .Signal("spindle_load", "主轴负载", "%", 1, 462, 0, 60, 1)
            .Signal("feed_rate", "进给速度", "mm/min", 0, 820, 0, 40, 1)
            .As(PointType.Int32)
            .Signal("position_x", "X轴坐标", "mm", 3, 182_450, 0, 60_000, 1)
            .Signal("position_y", "Y轴坐标", "mm", 3, -64_120, 0, 40_000, 1)
            .Signal("position_z", "Z轴坐标", "mm", 3, -210_330, 0, 50_000, 1)
            .As(PointType.Float64)
            .Signal("power", "有功功率", "kW", 2, 1_790, 410, 90, 1)
            .As(PointType.Int64)
            .Add("running_time", "累计切削时间", RunningMilliseconds, "s", 3)
            .AddText("program", "加工程序号", 8, Program)
            .At(ReadInputRegisters, 0, PointType.Int16, order)
            .Signal("servo_current_x", "X轴电流", "A", 2, 612, 80, 60, 1)
            .Signal("servo_current_z", "Z轴电流", "A", 2, 548, 90, 60, 1)
            .Signal("spindle_temperature", "主轴温度", "°C", 1, 426, 381, 8, 10, 300)
            .Signal("coolant_temperature", "冷却液温度", "°C", 1, 248, 240, 6, 10, 300)
            .Signal("vibration", "主轴振动", "mm/s", 2, 152, 21, 22, 1)
            .At(ReadDiscreteInputs, 0, PointType.Bool)
            .Add("tool_clamped", "刀具夹紧", Running)
            .Points;
    }

    private static IReadOnlyList<Point> Packer(MachineScript machine, ulong key) =>
        Core(new PointSheet(key).At(ReadInputRegisters, 0, PointType.UInt16, RegisterOrder.LittleEndian), machine)
        .At(ReadInputRegisters, 20, PointType.UInt16)
        .Signal("belt_speed", "输送带速度", "m/min", 1, 184, 0, 4, 1)
        .Signal("seal_temperature", "封口温度", "°C", 1, 1_852, 1_610, 20, 2, 60)
        .Signal("film_remaining", "薄膜余量", "%", 1, 611, 611, 10, 30)
        .Signal("air_pressure", "气源压力", "kPa", 0, 612, 618, 6)
        .Signal("package_weight", "包重", "kg", 2, 2_504, 0, 12, 1)
        .Signal("motor_current", "电机电流", "A", 1, 62, 9, 4, 1)
        .As(PointType.Bcd32)
        .Signal("pallet_number", "托盘编号", "", 0, 20_260_001, 20_260_001, 0)
        .At(ReadDiscreteInputs, 10, PointType.Bool)
        .Add("belt_on", "输送带运行", Running)
        .Add("jam_sensor", "卡料检测", (in moment) => moment.Machine.State == MachineState.Delay ? 1 : 0)
        .Add("alarm", "故障报警", Failed)
        .Points;

    /// <summary>State, product and counters, in the counters' own width.</summary>
    private static PointSheet Core(PointSheet sheet, MachineScript machine)
    {
        var definition = machine.Definition;
        var first = definition.FirstCounts;
        var counter = definition.CounterBits == 16 ? PointType.UInt16 : PointType.UInt32;
        sheet.Add(State, "运行状态字", (in moment) => moment.Machine.StateCode)
            .Add(Product, "产品代码", (in moment) => moment.Machine.ProductCode)
            .As(counter)
            .Add(Produced, "累计产量", (in moment) => first.Produced + moment.Machine.Counts.Produced, "件");
        if (definition.HasGoodCounter)
        {
            sheet.Add(Good, "累计合格数", (in moment) => first.Good + moment.Machine.Counts.Good, "件");
        }

        sheet.Add(Scrap, "累计报废数", (in moment) => first.Scrap + moment.Machine.Counts.Scrap, "件");
        if (definition.HasReworkCounter)
        {
            sheet.Add(Rework, "累计返工数", (in moment) => first.Rework + moment.Machine.Counts.Rework, "件");
        }

        return sheet;
    }

    private static long Running(in UnitMoment moment) => moment.Produces ? 1 : 0;

    private static long Failed(in UnitMoment moment) => moment.Machine.State == MachineState.Down ? 1 : 0;

    private static long RunningMilliseconds(in UnitMoment moment) => moment.Machine.ProductionTime / 1000;

    private static string Program(in UnitMoment moment) => moment.Machine.ProductCode switch
    {
        401 => "O0401",
        402 => "O0402",
        _ => "O0403",
    };
}
