using System.Globalization;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Nodes;

/// <summary>
/// Changes that are not worth a sample: "0.5" in the unit of the node (before scale and offset), "1%" of its range,
/// which the node must then state (Part 8, 6.2).
/// </summary>
internal readonly record struct Deadband(decimal Value, bool IsPercent)
{
    private const decimal MaxAbsolute = 1_000_000_000_000m;
    private const decimal MaxPercent = 100m;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + (IsPercent ? "%" : "");

    /// <summary>Null for none, and if it cannot be understood; that is then reported.</summary>
    public static Deadband? Read(Field field)
    {
        var text = field.Line(example: "0.5");
        if (text.Length == 0)
        {
            return null;
        }

        var isPercent = text.EndsWith('%');
        var number = isPercent ? text[..^1].TrimEnd() : text;
        if (!DecimalText.TryParse(number, out var value))
        {
            field.Error(
                field.Not(("死区", "a deadband")),
                ("节点单位的数，例如 0.5；或量程的百分数，例如 1%",
                    "a number in the node's unit, like 0.5, or a share of its range, like 1%"));
            return null;
        }

        var max = isPercent ? MaxPercent : MaxAbsolute;
        if (value <= 0 || value > max)
        {
            field.Error(
                ($"超出范围：{text}", $"is out of range: {text}"),
                isPercent
                    ? ("大于 0%，不超过 100%；不要死区就留空", "above 0% and at most 100%; empty for none")
                    : (Bilingual)("大于 0；不要死区就留空", "above 0; empty for none"));
            return null;
        }

        return new(value, isPercent);
    }
}
