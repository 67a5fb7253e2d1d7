using System.Globalization;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

/// <summary>
/// Where a tag's value begins, as written in the point table: "holding:100", "input:5", "coil:7", "discrete:3", and
/// "holding:100.3" for bit 3 of a register, bit 0 being the least significant. Addresses are those of the protocol,
/// from 0.
/// </summary>
internal sealed record RegisterAddress(RegisterArea Area, int Offset, int? Bit)
{
    public const int MaxOffset = 65535;
    public const int MaxBit = 15;

    /// <summary>
    /// Stands for an address that could not be understood and has been reported; there is only this one.
    /// </summary>
    public static readonly RegisterAddress Unknown = new(RegisterArea.Holding, 0, null);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RegisterAreas.Words.WordOf(Area)}:{Offset}") +
        (Bit is { } bit ? string.Create(CultureInfo.InvariantCulture, $".{bit}") : "");

    /// <summary>Null if it cannot be understood; that is then reported.</summary>
    public static RegisterAddress? Read(Field field)
    {
        const string Example = "holding:100";
        var text = field.Line(example: Example);
        if (text.Length == 0)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            field.Error(
                field.Not(("寄存器地址", "a register address")),
                FromDocumentation(text) ?? "holding:100, input:5, coil:7, discrete:3, holding:100.3");
            return null;
        }

        if (!RegisterAreas.Words.TryParse(text[..colon].Trim(), out var area))
        {
            var suggestion = field.Findings.Suggest(text[..colon], RegisterAreas.Words.Words);
            field.Error(
                ($"没有这种寄存器区：{Quoted.Of(text[..colon])}", $"has no register area {Quoted.Of(text[..colon])}"),
                suggestion is null ? RegisterAreas.Words.Listed : suggestion + text[colon..]);
            return null;
        }

        var rest = text[(colon + 1)..];
        var point = rest.IndexOf('.', StringComparison.Ordinal);
        if (!TryParseNumber(point < 0 ? rest : rest[..point], out var offset) || offset > MaxOffset)
        {
            field.Error(field.Not((" 0 至 65535 的地址", "an address from 0 to 65535")), Example);
            return null;
        }

        if (point < 0)
        {
            return new RegisterAddress(area, offset, null);
        }

        if (!TryParseNumber(rest[(point + 1)..], out var bit) || bit > MaxBit)
        {
            field.Error(
                ($"没有第 {Quoted.Of(rest[(point + 1)..])} 位", $"has no bit {Quoted.Of(rest[(point + 1)..])}"),
                ("位号 0 至 15，0 是最低位，例如 holding:100.3",
                    "a bit from 0 to 15, 0 the least significant, like holding:100.3"));
            return null;
        }

        if (area.IsBits())
        {
            field.Error(
                ("：线圈和离散量本身就是一位，没有位号", "numbers a bit of what is a single bit already"),
                text[..(colon + 1 + point)]);
            return null;
        }

        return new RegisterAddress(area, offset, bit);
    }

    // What device manuals print: 40101 or 400101 is the holding register of protocol address 100.
    private static string? FromDocumentation(string text)
    {
        if (text.Length is not (5 or 6) || !TryParseNumber(text[1..], out var number) || number is 0 or > MaxOffset + 1)
        {
            return null;
        }

        RegisterArea? area = text[0] switch
        {
            '0' => RegisterArea.Coil,
            '1' => RegisterArea.Discrete,
            '3' => RegisterArea.Input,
            '4' => RegisterArea.Holding,
            _ => null,
        };
        return area is { } known ? new RegisterAddress(known, number - 1, null).ToString() : null;
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
