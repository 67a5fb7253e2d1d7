using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>
/// The carriers a meter may count. The plausible ranges are the values of GB/T 2589-2020, appendices A and B, with a
/// tenth of room; they only ever warn, because the coefficient in force is the plant's own.
/// </summary>
internal static class EnergyCarriers
{
    private static readonly EnergyCarrier[] All =
    [
        new("electricity", "电力", [Quantity.Energy], true, true, 0.11m, 0.45m),
        new("heat", "热力", [Quantity.Heat], true, false, 30m, 45m),
        new("steam", "蒸汽", [Quantity.Mass, Quantity.Heat], true, false, 80m, 145m),
        new("natural-gas", "天然气", [Quantity.Volume], true, false, 0.99m, 1.47m),
        new("coke-oven-gas", "焦炉煤气", [Quantity.Volume], true, false, 0.51m, 0.68m),
        new("blast-furnace-gas", "高炉煤气", [Quantity.Volume], true, false, 0.115m, 0.142m),
        new("producer-gas", "发生炉煤气", [Quantity.Volume], true, false, 0.15m, 0.2m),
        new("hydrogen", "氢气", [Quantity.Volume], true, false, 0.3m, 0.37m),
        new("coal", "原煤", [Quantity.Mass], true, false, 300m, 1000m),
        new("washed-coal", "洗精煤", [Quantity.Mass], true, false, 810m, 990m),
        new("coke", "焦炭", [Quantity.Mass], true, false, 870m, 1070m),
        new("petroleum-coke", "石油焦", [Quantity.Mass], true, false, 980m, 1210m),
        new("fuel-oil", "燃料油", [Quantity.Mass], true, false, 1285m, 1572m),
        new("gasoline", "汽油", [Quantity.Mass], true, false, 1324m, 1619m),
        new("diesel", "柴油", [Quantity.Mass], true, false, 1311m, 1603m),
        new("lpg", "液化石油气", [Quantity.Mass], true, false, 1542m, 1886m),
        new("lng", "液化天然气", [Quantity.Mass], true, false, 1581m, 1933m),
        new("water", "水", [Quantity.Volume, Quantity.Mass], false, false, 0.05m, 0.6m),
        new("compressed-air", "压缩空气", [Quantity.Volume], false, false, 0.03m, 0.05m),
        new("oxygen", "氧气", [Quantity.Volume], false, false, 0.3m, 0.5m),
        new("nitrogen", "氮气", [Quantity.Volume], false, false, 0.3m, 0.75m),
    ];

    /// <summary>The carrier a cell names; null if unknown, which is reported.</summary>
    public static EnergyCarrier? Read(Field field)
    {
        var text = field.Line(example: "electricity");
        if (text.Length == 0)
        {
            return null;
        }

        var carrier = Array.Find(
            All,
            known => known.Chinese == text ||
                known.Id.Equals(text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase));
        if (carrier is null)
        {
            var suggestion = field.Findings.Suggest(text, All.SelectMany(known => (string[])[known.Id, known.Chinese]));
            field.Error(
                ($"没有这种能源或介质：{Quoted.Of(text)}", $"is unknown: {Quoted.Of(text)}"),
                suggestion ?? (Bilingual)(
                    string.Join(' ', All.Select(known => known.Chinese)),
                    string.Join(' ', All.Select(known => known.Id))));
        }

        return carrier;
    }
}
