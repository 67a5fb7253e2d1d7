using EdgeAgent.Configuration.Reading;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration;

/// <summary>The columns that turn the number of a device into the value of a tag.</summary>
/// <param name="Scale">Value = number × scale + offset.</param>
/// <param name="Offset">Added after scaling.</param>
/// <param name="Decimals">Decimal places that count, 0 to 9.</param>
internal readonly record struct TagNumber(decimal Scale, decimal Offset, int Decimals)
{
    public const int MaxDecimals = 9;

    // Beyond these a scale is a slip of the keyboard.
    private const decimal MaxFactor = 1_000_000_000_000m;

    /// <param name="row">A row of tags.csv.</param>
    /// <param name="type">The type as it is written.</param>
    /// <param name="nature">What values of that type are.</param>
    public static TagNumber Read(CsvRow row, string type, ValueNature nature)
    {
        var scale = row[Column.Scale].Decimal(1, -MaxFactor, MaxFactor);
        var offset = row[Column.Offset].Decimal(0, -MaxFactor, MaxFactor);
        if (scale == 0)
        {
            row[Column.Scale].Error(("是 0，读数会永远等于 offset", "is 0, which makes every reading the offset"),
                ("留空，或写 1", "leave it empty, or 1"));
        }

        if (nature is ValueNature.Boolean or ValueNature.Text)
        {
            RefuseNumbers(row, type);
        }

        return new(scale, offset, ReadDecimals(row, nature, scale, offset));
    }

    private static void RefuseNumbers(CsvRow row, string type)
    {
        foreach (var column in (CsvColumn[])[Column.Scale, Column.Offset, Column.Unit, Column.Decimals])
        {
            if (!row[column].IsMissing)
            {
                row[column].Error(
                    ($"：{type} 没有数值可换算", $"does not apply to {type}, which is not a number"), ("留空", "leave it empty"));
            }
        }
    }

    // A float is rounded to its decimals once, before any arithmetic. What counts is a property of the instrument, so
    // it is asked for; for a scaled integer it follows from the scale.
    private static int ReadDecimals(CsvRow row, ValueNature nature, decimal scale, decimal offset)
    {
        var field = row[Column.Decimals];
        var ofScale = Math.Max(DecimalText.Places(scale), DecimalText.Places(offset));
        if (nature == ValueNature.Float)
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
