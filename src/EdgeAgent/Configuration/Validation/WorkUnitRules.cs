using System.Globalization;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Model;
using Column = EdgeAgent.Configuration.Columns.WorkUnits;

namespace EdgeAgent.Configuration.Validation;

/// <summary>Work units against devices, tags, state rules and products.</summary>
internal sealed class WorkUnitRules(
    NameIndex<DeviceConfig> devices,
    NameIndex<TagConfig> tags,
    NameIndex<StateRuleConfig> stateRules,
    NameIndex<ProductConfig> products)
{
    private static readonly CsvColumn[] Counters =
        [Column.ProducedTag, Column.GoodTag, Column.ScrapTag, Column.ReworkTag, Column.ReworkScrapTag];

    private readonly Dictionary<string, Field> _roles = new(StringComparer.Ordinal);

    public void Check(IReadOnlyList<Placed<WorkUnitConfig>> workUnits)
    {
        var seen = new NameIndex<WorkUnitConfig>(("设备", "work unit"), ConfigFile.WorkUnits.Name, isWhole: true);
        foreach (var (workUnit, row) in workUnits)
        {
            seen.Add(row[Column.Device], workUnit);
            devices.Resolve(row[Column.Device]);
            CheckState(row);
            var hasCounter = false;
            foreach (var counter in Counters)
            {
                hasCounter |= !row[counter].IsMissing;
                CheckCounter(row, counter, workUnit);
            }

            CheckProduct(row, hasCounter);
            if (!hasCounter && row[Column.StateTag].IsMissing)
            {
                row[Column.Device].Error(
                    ("：这一行既没有状态点也没有计数点", "has neither a state tag nor a counter in this row"),
                    ("填 state_tag 或 produced_tag，或删除这一行", "fill state_tag or produced_tag, or remove the row"));
            }

            if (hasCounter && row[Column.ProducedTag].IsMissing)
            {
                row[Column.ProducedTag].Warn(
                    ("缺失：没有总产量，合格率和 OEE 算不出", "is missing: without it there is no quality ratio and no OEE"),
                    ("填总产量的点", "the tag that counts everything made"));
            }
        }
    }

    private void CheckState(CsvRow row)
    {
        var tag = tags.Resolve(row[Column.StateTag]);
        var rule = stateRules.Resolve(row[Column.StateRule]);
        Pair(row, Column.StateTag, Column.StateRule);
        if (tag is null)
        {
            return;
        }

        WarnOfStranger(row, Column.StateTag, tag);
        if (tag.Kind == ValueKind.Float64)
        {
            row[Column.StateTag].Error(
                ($"（{tag.Id}）是浮点数，不能当状态", $"({tag.Id}) is a floating-point number and no state"),
                ("整数、bool 或 string 的点", "a tag of an integer type, bool or string"));
        }
        else if (rule?.Map.Keys.FirstOrDefault(state => !IsStateOf(tag.Kind, state)) is { } impossible)
        {
            row[Column.StateRule].Error(
                ($"（{rule.Name}）里的状态 {Quoted.Of(impossible)} 不会出现在 {tag.TypeText} 的点 {tag.Id} 上",
                    $"({rule.Name}) has state {Quoted.Of(impossible)}, " +
                    $"which tag {tag.Id} of type {tag.TypeText} never shows"),
                tag.Kind == ValueKind.Boolean
                    ? ("bool 的状态只有 \"0\" 和 \"1\"", "a bool has the states \"0\" and \"1\"")
                    : ("整数状态写十进制数，例如 \"3\"", "the states of an integer are decimal numbers, like \"3\""));
        }
    }

    private static void Pair(CsvRow row, CsvColumn left, CsvColumn right)
    {
        if (row[left].IsMissing != row[right].IsMissing)
        {
            var (missing, present) = row[left].IsMissing ? (left, right) : (right, left);
            row[missing].Error(
                ($"缺失，而 {present.Name} 已填", $"is missing, while {present.Name} is filled"),
                ("两个都填，或都留空", "fill both or neither"));
        }
    }

    private static bool IsStateOf(ValueKind kind, string state) => kind switch
    {
        ValueKind.Boolean => state is "0" or "1",
        ValueKind.Int64 =>
            long.TryParse(state, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) &&
            number.ToString(CultureInfo.InvariantCulture) == state,
        _ => true,
    };

    private void CheckCounter(CsvRow row, CsvColumn column, WorkUnitConfig workUnit)
    {
        if (tags.Resolve(row[column]) is not { } tag)
        {
            return;
        }

        WarnOfStranger(row, column, tag);
        if (_roles.TryGetValue(tag.Id, out var other))
        {
            row[column].Warn(
                ($"（{tag.Id}）已经是第 {other.Place.Line} 行的 {other.Name}，会算两次",
                    $"({tag.Id}) is already {other.Name} on line {other.Place.Line} and counts twice"),
                ("每个计数器只用一次", "use every counter once"));
        }

        _roles.TryAdd(tag.Id, row[column]);
        if (tag.Kind is ValueKind.Boolean or ValueKind.Text || (tag.Kind == ValueKind.Float64 && tag.Decimals > 0))
        {
            row[column].Error(
                ($"（{tag.Id}）不是计数器：{tag.TypeText}，{tag.Decimals} 位小数",
                    $"({tag.Id}) is no counter: {tag.TypeText} with {tag.Decimals} decimals"),
                ("累计件数的整数点", "a tag that counts pieces in an integer"));
            return;
        }

        if (tag.Unit.Length > 0 && UnitTable.Find(tag.Unit) is { Quantity: not Quantity.Count })
        {
            row[column].Error(
                ($"（{tag.Id}）的单位是 {tag.Unit}，不是件数", $"({tag.Id}) is in {tag.Unit}, which counts no pieces"),
                ($"单位是 {string.Join(' ', UnitTable.SymbolsOf(Quantity.Count))} 之一的点",
                    $"a tag in one of {string.Join(' ', UnitTable.SymbolsOf(Quantity.Count))}"));
        }

        CheckModulus(row, workUnit, tag);
    }

    private static void CheckModulus(CsvRow row, WorkUnitConfig workUnit, TagConfig tag)
    {
        var ofType = tag.RollsOverAt;
        if (ofType is { } width && workUnit.CounterModulus is null)
        {
            row[Column.CounterModulus].Warn(
                ($"缺失：{tag.TypeText} 的计数器 {tag.Id} 会回零，回零会被当成清零重计",
                    $"is missing: counter {tag.Id} of type {tag.TypeText} rolls over, which would count as a reset"),
                width.ToString(CultureInfo.InvariantCulture));
        }
        else if (ofType < workUnit.CounterModulus)
        {
            row[Column.CounterModulus].Error(
                ($"（{workUnit.CounterModulus}）大于 {tag.Id} 的类型 {tag.TypeText} 能数到的",
                    $"({workUnit.CounterModulus}) is more than {tag.Id} of type {tag.TypeText} can count"),
                ofType.Value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void CheckProduct(CsvRow row, bool hasCounter)
    {
        products.Resolve(row[Column.Product]);
        if (tags.Resolve(row[Column.ProductTag]) is { } tag)
        {
            WarnOfStranger(row, Column.ProductTag, tag);
            if (tag.Kind is not (ValueKind.Int64 or ValueKind.Text))
            {
                row[Column.ProductTag].Error(
                    ($"（{tag.Id}）是 {tag.TypeText}，说不出产品", $"({tag.Id}) is {tag.TypeText} and cannot name a product"),
                    ("整数或 string 的点，值是 products.csv 的产品编号",
                        "a tag of an integer type or string that shows a product of products.csv"));
            }
        }

        if (!row[Column.Product].IsMissing && !row[Column.ProductTag].IsMissing)
        {
            row[Column.ProductTag].Error(("和 product 只能填一个", "and product exclude each other"),
                ("留空其中一个", "leave one of them empty"));
        }

        if (hasCounter && row[Column.Product].IsMissing && row[Column.ProductTag].IsMissing)
        {
            row[Column.Product].Warn(
                ("缺失：不知道产品就没有单件时间，OEE 算不出", "is missing: without a product there is no planned run time and no OEE"),
                products.Names.FirstOrDefault() ?? (Bilingual)("products.csv 里的产品编号", "a product of products.csv"));
        }
    }

    // Usually a row that was copied and not changed everywhere.
    private static void WarnOfStranger(CsvRow row, CsvColumn column, TagConfig tag)
    {
        if (!row[Column.Device].IsMissing && tag.Device.Length > 0 && tag.Device != row[Column.Device].Text)
        {
            row[column].Warn(
                ($"（{tag.Id}）是设备 {tag.Device} 的点", $"({tag.Id}) is a tag of device {tag.Device}"),
                ($"{row[Column.Device].Text} 自己的点", $"a tag of {row[Column.Device].Text}"));
        }
    }
}
