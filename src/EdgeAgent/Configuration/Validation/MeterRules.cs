using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using Column = EdgeAgent.Configuration.Columns.Meters;

namespace EdgeAgent.Configuration.Validation;

/// <summary>Meters against tags, carriers, units, parameters and each other.</summary>
internal static class MeterRules
{
    // Plant, workshop, line, machine, drive: five levels are usual.
    private const int MaxDepth = 20;

    public static void Check(
        IReadOnlyList<Placed<MeterConfig>> meters, bool isWhole, NameIndex<TagConfig> tags, CoalBasis coalBasis)
    {
        var index = new NameIndex<MeterConfig>(("表计", "meter"), ConfigFile.Meters.Name, isWhole);
        foreach (var (meter, row) in meters)
        {
            index.Add(row[Column.Meter], meter);
        }

        var readings = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (meter, row) in meters)
        {
            if (tags.Resolve(row[Column.Tag]) is { } tag)
            {
                CheckTag(meter, row, tag);
            }

            if (meter.Tag.Length > 0 && !readings.TryAdd(meter.Tag, row[Column.Tag].Place))
            {
                row[Column.Tag].Error(
                    ($"（{meter.Tag}）已经是第 {readings[meter.Tag].Line} 行的表计，会算两次",
                        $"({meter.Tag}) is already a meter on line {readings[meter.Tag].Line} and counts twice"),
                    ("每个点只作一个表计", "one meter for each tag"));
            }

            if (meter.Basis is { } basis && basis != coalBasis)
            {
                var (written, chosen) = (CoalBases.Words.WordOf(basis), CoalBases.Words.WordOf(coalBasis));
                row[Column.Basis].Error(
                    ($"是 {written}，而 parameters.json 的 coalBasis 是 {chosen}",
                        $"is {written}, but coalBasis in parameters.json is {chosen}"),
                    ($"{chosen}，并用该口径的系数；两种口径不能相加",
                        $"{chosen} with its coefficient; the two do not add up"));
            }

            CheckParent(meter, row, index);
        }
    }

    private static void CheckModulus(CsvRow row, decimal modulus, TagConfig tag)
    {
        if (DecimalText.Places(modulus) > tag.Decimals)
        {
            row[Column.Modulus].Error(
                ($"（{modulus}）的小数位多于点 {tag.Id} 的 {tag.Decimals} 位",
                    $"({modulus}) has more decimal places than the {tag.Decimals} of tag {tag.Id}"),
                ($"最多 {tag.Decimals} 位小数", $"at most {tag.Decimals} decimal places"));
            return;
        }

        var max = WorkUnitConfig.MaxModulus;
        for (var i = 0; i < tag.Decimals; i++)
        {
            max /= 10;
        }

        if (modulus > max)
        {
            row[Column.Modulus].Error(
                ($"（{modulus}）太大：点 {tag.Id} 有 {tag.Decimals} 位小数",
                    $"({modulus}) is too large for tag {tag.Id} with {tag.Decimals} decimals"),
                ($"不大于 {max}，或减少小数位", $"at most {max}, or fewer decimals"));
        }
    }

    private static void CheckTag(MeterConfig meter, CsvRow row, TagConfig tag)
    {
        if (tag.Kind is ValueKind.Boolean or ValueKind.Text)
        {
            row[Column.Tag].Error(
                ($"（{tag.Id}）是 {tag.TypeText}，不是累计读数", $"({tag.Id}) is {tag.TypeText} and no meter reading"),
                ("累计量的数值点", "a tag with a cumulative number"));
            return;
        }

        if (meter.Modulus is { } modulus)
        {
            CheckModulus(row, modulus, tag);
        }

        if (meter.Carrier is not { } carrier)
        {
            return;
        }

        var unit = UnitTable.Find(tag.Unit);
        if (unit is null || !carrier.Quantities.Contains(unit.Quantity))
        {
            // A unit that is not in the table has been reported in tags.csv.
            if (unit is not null || tag.Unit.Length == 0)
            {
                var units = string.Join(' ', carrier.Quantities.SelectMany(UnitTable.SymbolsOf));
                row[Column.Carrier].Error(
                    tag.Unit.Length == 0
                        ? ($"{carrier.Chinese}的点 {tag.Id} 没有单位", $"{carrier.Id} has tag {tag.Id} without a unit")
                        : (Bilingual)(
                            $"{carrier.Chinese}不能用 {tag.Unit} 计量（点 {tag.Id}）",
                            $"{carrier.Id} is not metered in {tag.Unit} (tag {tag.Id})"),
                    ($"在 tags.csv 里把 {tag.Id} 的单位改为 {units} 之一，或改能源品种",
                        $"give {tag.Id} one of {units} in tags.csv, or change the carrier"));
            }

            return;
        }

        var kgce = meter.Coefficient / unit.Factor;
        if (unit.Quantity == carrier.Quantities[0] && (kgce < carrier.KgceMin || kgce > carrier.KgceMax))
        {
            var (min, max) = (carrier.KgceMin * unit.Factor, carrier.KgceMax * unit.Factor);
            row[Column.Coefficient].Warn(
                ($"（{meter.Coefficient} kgce/{tag.Unit}）对{carrier.Chinese}不寻常",
                    $"({meter.Coefficient} kgce/{tag.Unit}) is unusual for {carrier.Id}"),
                ($"一般 {min:0.####} 至 {max:0.####} kgce/{tag.Unit}；检查单位",
                    $"usually {min:0.####} to {max:0.####} kgce/{tag.Unit}; check the unit"));
        }
    }

    private static void CheckParent(MeterConfig meter, CsvRow row, NameIndex<MeterConfig> meters)
    {
        if (meters.Resolve(row[Column.Parent]) is not { } parent)
        {
            return;
        }

        if (meter.Carrier is not null && parent.Carrier is not null && meter.Carrier != parent.Carrier)
        {
            row[Column.Parent].Error(
                ($"（{parent.Id}）计的是{parent.Carrier.Chinese}，这只表计的是{meter.Carrier.Chinese}",
                    $"({parent.Id}) meters {parent.Carrier.Id}, this one {meter.Carrier.Id}"),
                ("同一介质的上级表计，或留空", "a meter of the same carrier, or empty"));
        }

        HashSet<string> passed = [];
        for (var upper = parent; upper is not null && passed.Add(upper.Id); upper = meters.Find(upper.Parent))
        {
            if (upper.Id == meter.Id)
            {
                row[Column.Parent].Error(
                    ($"（{parent.Id}）绕了一圈回到 {meter.Id} 自己", $"({parent.Id}) leads back to {meter.Id} itself"),
                    ("总表的 parent 留空", "leave the parent of the main meter empty"));
                return;
            }

            if (passed.Count == MaxDepth)
            {
                row[Column.Parent].Error(
                    ($"（{parent.Id}）上面超过 {MaxDepth} 级", $"({parent.Id}) has more than {MaxDepth} levels above it"),
                    ("减少级数", "fewer levels"));
                return;
            }
        }
    }
}
