using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>
/// The units a tag or an entry may have. A closed list: "KWH", "度" and "kwh" in one plant are three series that nobody
/// can add up. GB 3100 to GB 3102 for the symbols; Chinese counters as the forms print them.
/// </summary>
internal static class UnitTable
{
    private static readonly Unit[] Units =
    [
        new("kWh", Quantity.Energy, 1, "度", "千瓦时", "kW·h", "kW.h"),
        new("Wh", Quantity.Energy, 0.001m),
        new("MWh", Quantity.Energy, 1000, "兆瓦时"),
        new("万kWh", Quantity.Energy, 10_000, "万度", "万千瓦时"),
        new("GJ", Quantity.Heat, 1, "吉焦"),
        new("MJ", Quantity.Heat, 0.001m, "兆焦"),
        new("kJ", Quantity.Heat, 0.000_001m, "千焦"),
        new("kW", Quantity.Power, 1, "千瓦"),
        new("W", Quantity.Power, 0.001m, "瓦"),
        new("MW", Quantity.Power, 1000, "兆瓦"),
        new("kvarh", Quantity.ReactiveEnergy, 1),
        new("kvar", Quantity.ReactivePower, 1),
        new("kVA", Quantity.ApparentPower, 1),
        new("m3", Quantity.Volume, 1, "m³", "立方米", "立方", "方", "Nm3", "Nm³", "标方"),
        new("L", Quantity.Volume, 0.001m, "升", "l"),
        new("mL", Quantity.Volume, 0.000_001m, "毫升"),
        new("万m3", Quantity.Volume, 10_000, "万m³", "万立方米"),
        new("t", Quantity.Mass, 1, "吨", "T"),
        new("kg", Quantity.Mass, 0.001m, "千克", "公斤"),
        new("g", Quantity.Mass, 0.000_001m, "克"),
        new("m3/h", Quantity.VolumeFlow, 1, "m³/h", "Nm3/h"),
        new("m3/min", Quantity.VolumeFlow, 60, "m³/min"),
        new("L/min", Quantity.VolumeFlow, 0.06m),
        new("t/h", Quantity.MassFlow, 1),
        new("kg/h", Quantity.MassFlow, 0.001m),
        new("°C", Quantity.Temperature, 1, "℃", "C", "摄氏度", "度C", "degC"),
        new("K", Quantity.Temperature, 1),
        new("MPa", Quantity.Pressure, 1, "兆帕"),
        new("kPa", Quantity.Pressure, 0.001m, "千帕"),
        new("Pa", Quantity.Pressure, 0.000_001m, "帕"),
        new("bar", Quantity.Pressure, 0.1m, "公斤力"),
        new("A", Quantity.Current, 1, "安", "安培"),
        new("mA", Quantity.Current, 0.001m, "毫安"),
        new("kA", Quantity.Current, 1000),
        new("V", Quantity.Voltage, 1, "伏", "伏特"),
        new("mV", Quantity.Voltage, 0.001m),
        new("kV", Quantity.Voltage, 1000, "千伏"),
        new("Hz", Quantity.Frequency, 1, "赫兹"),
        new("rpm", Quantity.RotationalSpeed, 1, "r/min", "转/分", "转每分"),
        new("m/s", Quantity.Speed, 1),
        new("m/min", Quantity.Speed, 1),
        new("mm/s", Quantity.Speed, 0.001m),
        new("mm/min", Quantity.Speed, 1),
        new("m", Quantity.Length, 1, "米"),
        new("cm", Quantity.Length, 0.01m, "厘米"),
        new("mm", Quantity.Length, 0.001m, "毫米"),
        new("μm", Quantity.Length, 0.000_001m, "um", "µm", "微米"),
        new("m2", Quantity.Area, 1, "m²", "平方米"),
        new("s", Quantity.Time, 1, "秒", "sec"),
        new("ms", Quantity.Time, 0.001m, "毫秒"),
        new("min", Quantity.Time, 60, "分", "分钟"),
        new("h", Quantity.Time, 3600, "小时", "时", "hr"),
        new("d", Quantity.Time, 86_400, "天", "日"),
        new("%", Quantity.Ratio, 1, "百分比", "％", "%RH"),
        new("‰", Quantity.Ratio, 0.1m),
        new("ppm", Quantity.Ratio, 0.0001m),
        new("N", Quantity.Force, 1),
        new("kN", Quantity.Force, 1000),
        new("N·m", Quantity.Torque, 1, "Nm", "N.m"),
        new("件", Quantity.Count, 1, "pcs", "pc", "piece", "pieces"),
        new("个", Quantity.Count, 1, "ea"),
        new("台", Quantity.Count, 1),
        new("套", Quantity.Count, 1),
        new("箱", Quantity.Count, 1, "box"),
        new("袋", Quantity.Count, 1, "bag"),
        new("包", Quantity.Count, 1),
        new("托", Quantity.Count, 1, "托盘"),
        new("块", Quantity.Count, 1),
        new("片", Quantity.Count, 1),
        new("根", Quantity.Count, 1, "支"),
        new("炉", Quantity.Count, 1),
        new("次", Quantity.Count, 1, "times"),
        new("人", Quantity.Count, 1),
        new("万元", Quantity.Money, 10_000),
        new("元", Quantity.Money, 1, "CNY", "RMB"),
        new("mg/m3", Quantity.Concentration, 1, "mg/m³"),
        new("mg/L", Quantity.Concentration, 1),
        new("dB", Quantity.Sound, 1),
        new("pH", Quantity.Acidity, 1, "PH", "ph"),
        new("μS/cm", Quantity.Conductivity, 1, "uS/cm"),
        new("kgce", Quantity.CoalEquivalent, 1),
        new("tce", Quantity.CoalEquivalent, 1000),
    ];

    private static readonly Dictionary<string, Unit> BySymbol =
        Units.ToDictionary(unit => unit.Symbol, StringComparer.Ordinal);

    private static readonly Dictionary<string, Unit> ByAlias = Units
        .SelectMany(unit => unit.Aliases.Select(alias => (alias, unit)))
        .ToDictionary(pair => pair.alias, pair => pair.unit, StringComparer.Ordinal);

    public static Unit? Find(string symbol) => BySymbol.GetValueOrDefault(symbol);

    /// <summary>The unit that another way of writing means, or null.</summary>
    public static Unit? Meant(string text) => Find(text) ?? ByAlias.GetValueOrDefault(text);

    public static IEnumerable<string> SymbolsOf(Quantity quantity) =>
        Units.Where(unit => unit.Quantity == quantity).Select(unit => unit.Symbol);

    /// <summary>Reports a unit that is not in the table and says which one is meant.</summary>
    public static void Check(Field field, string symbol)
    {
        if (BySymbol.ContainsKey(symbol))
        {
            return;
        }

        var meant = ByAlias.GetValueOrDefault(symbol)?.Symbol ?? field.Findings.Suggest(symbol, BySymbol.Keys);
        field.Error(
            ($"不在单位表里：{Quoted.Of(symbol)}", $"is not a unit of the table: {Quoted.Of(symbol)}"),
            meant ?? (Bilingual)(
                $"其中之一：{string.Join(' ', BySymbol.Keys)}；没有单位就留空",
                $"one of {string.Join(' ', BySymbol.Keys)}; empty for a number without a unit"));
    }
}
