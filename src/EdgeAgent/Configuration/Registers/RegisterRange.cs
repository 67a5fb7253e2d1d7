using System.Globalization;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

/// <summary>Addresses that must never be read, "holding:100-199" or "holding:100"; both ends belong to it.</summary>
internal sealed record RegisterRange(RegisterArea Area, int First, int Last)
{
    /// <summary>Null if it cannot be understood; that is then reported.</summary>
    public static RegisterRange? Read(Field field)
    {
        var text = field.Line(example: "holding:100-199");
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && RegisterAreas.Words.TryParse(text[..colon].Trim(), out var area))
        {
            var ends = text[(colon + 1)..].Split('-');
            if (ends.Length <= 2 && TryParse(ends[0], out var first) && TryParse(ends[^1], out var last) &&
                first <= last)
            {
                return new RegisterRange(area, first, last);
            }
        }

        if (text.Length > 0)
        {
            field.Error(field.Not(("地址范围", "a range of addresses")), field.Written("holding:100-199"));
        }

        return null;
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) &&
        number <= RegisterAddress.MaxOffset;
}
