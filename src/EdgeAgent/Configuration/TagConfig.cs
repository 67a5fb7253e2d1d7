using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Registers;
using EdgeAgent.Core.Model;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration;

/// <summary>A row of tags.csv, the point table (点表).</summary>
internal sealed record TagConfig
{
    public const int MaxDecimals = 9;

    // Beyond these a scale is a slip of the keyboard.
    private const decimal MaxFactor = 1_000_000_000_000m;

    public required string Id { get; init; }

    public required string Device { get; init; }

    public required RegisterAddress Address { get; init; }

    public required RegisterType Type { get; init; }

    public required ByteOrder Order { get; init; }

    /// <summary>Value = number in the registers × scale + offset.</summary>
    public required decimal Scale { get; init; }

    public required decimal Offset { get; init; }

    /// <summary>As in <see cref="UnitTable"/>, or empty for a number without one.</summary>
    public required string Unit { get; init; }

    /// <summary>Decimal places that count, 0 to 9.</summary>
    public required int Decimals { get; init; }

    public required TimeSpan Interval { get; init; }

    public required string Description { get; init; }

    /// <summary>
    /// What a sample of this tag holds: an integer exactly when the registers hold one and neither scale nor offset
    /// changes it, so that counters are counted and never rounded.
    /// </summary>
    public ValueKind Kind => Type.Encoding switch
    {
        RegisterEncoding.Bool => ValueKind.Boolean,
        RegisterEncoding.String => ValueKind.Text,
        RegisterEncoding.Float32 or RegisterEncoding.Float64 => ValueKind.Float64,
        _ => Scale == 1 && Offset == 0 ? ValueKind.Int64 : ValueKind.Float64,
    };

    public static TagConfig Read(CsvRow row)
    {
        var address = RegisterAddress.Read(row[Column.Address].Required("holding:100"));
        var type = RegisterType.Read(row[Column.Type].Required("uint16"));
        var scale = row[Column.Scale].Decimal(1, -MaxFactor, MaxFactor);
        var offset = row[Column.Offset].Decimal(0, -MaxFactor, MaxFactor);
        if (address is not null && type is not null)
        {
            CheckFit(row, address, type);
        }

        if (scale == 0)
        {
            row[Column.Scale].Error(("是 0，读数会永远等于 offset", "is 0, which makes every reading the offset"),
                ("留空，或写 1", "leave it empty, or 1"));
        }

        CheckNumeric(row, type);
        var order = type is null ? ByteOrder.None : ByteOrders.Read(row[Column.Order], type);
        return new TagConfig
        {
            Id = row[Column.Tag].Id("cnc1.parts"),
            Device = row[Column.Device].Required("cnc1").Line(),
            Address = address ?? RegisterAddress.Unknown,
            Type = type ?? RegisterType.Unknown,
            Order = order,
            Scale = scale,
            Offset = offset,
            Unit = ReadUnit(row[Column.Unit]),
            Decimals = ReadDecimals(row, type, scale, offset),

            // What a person at a screen and a minute's KPI both need; PLC registers change no faster than this matters.
            // Twenty polls a second are more than any serial line bears.
            Interval = row[Column.Interval].Duration(
                TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromDays(1)),
            Description = row[Column.Description].Line(),
        };
    }

    private static void CheckFit(CsvRow row, RegisterAddress address, RegisterType type)
    {
        var isBool = type.Encoding == RegisterEncoding.Bool;
        if (address.Area.IsBits() && !isBool)
        {
            row[Column.Type].Error(
                ($"是 {type}，但 {address} 只有一位", $"is {type}, but {address} is a single bit"), "bool");
        }
        else if (isBool && !address.Area.IsBits() && address.Bit is null)
        {
            row[Column.Address].Error(
                ("没有写 bool 是寄存器的哪一位", "does not say which bit of the register the bool is"), $"{address}.0");
        }
        else if (address.Bit is not null && !isBool)
        {
            row[Column.Address].Error(
                ($"写了位号，但类型是 {type}", $"numbers a bit, but the type is {type}"),
                ($"{address with { Bit = null }}，或类型改为 bool", $"{address with { Bit = null }}, or type bool"));
        }

        var last = address.Offset + type.RegisterCount - 1;
        if (last > RegisterAddress.MaxOffset)
        {
            row[Column.Address].Error(
                ($"放不下 {type}：最后一个寄存器是 {last}", $"has no room for {type}: its last register is {last}"),
                ($"不大于 {address with { Offset = RegisterAddress.MaxOffset + 1 - type.RegisterCount }}",
                    $"at most {address with { Offset = RegisterAddress.MaxOffset + 1 - type.RegisterCount }}"));
        }
    }

    private static void CheckNumeric(CsvRow row, RegisterType? type)
    {
        if (type?.Encoding is not (RegisterEncoding.Bool or RegisterEncoding.String))
        {
            return;
        }

        foreach (var column in (CsvColumn[])[Column.Scale, Column.Offset, Column.Unit, Column.Decimals])
        {
            if (!row[column].IsMissing)
            {
                row[column].Error(
                    ($"：{type} 没有数值可换算", $"does not apply to {type}, which is not a number"), ("留空", "leave it empty"));
            }
        }
    }

    private static string ReadUnit(Field field)
    {
        var unit = field.Line();
        if (unit.Length > 0)
        {
            UnitTable.Check(field, unit);
        }

        return unit;
    }

    // A float is rounded to its decimals once, before any arithmetic. What counts is a property of the instrument, so
    // it is asked for; for a scaled integer it follows from the scale.
    private static int ReadDecimals(CsvRow row, RegisterType? type, decimal scale, decimal offset)
    {
        var field = row[Column.Decimals];
        var ofScale = Math.Max(DecimalText.Places(scale), DecimalText.Places(offset));
        if (type?.Encoding.IsFloat() == true)
        {
            return field.Required("2").Integer(2, 0, MaxDecimals);
        }

        var decimals = field.Integer(Math.Min(ofScale, MaxDecimals), 0, MaxDecimals);
        if (ofScale > MaxDecimals)
        {
            row[Column.Scale].Error(
                ($"有 {ofScale} 位小数", $"has {ofScale} decimal places"),
                ($"最多 {MaxDecimals} 位", $"at most {MaxDecimals}"));
        }
        else if (decimals < ofScale)
        {
            field.Warn(
                ($"（{decimals}）少于 scale 的 {ofScale} 位小数，读数会被舍入",
                    $"({decimals}) is less than the {ofScale} of scale: readings are rounded"),
                ($"{ofScale}，或留空", $"{ofScale}, or leave it empty"));
        }

        return decimals;
    }
}
