using System.Globalization;
using System.Text;

namespace EdgeAgent.Configuration.Reading;

/// <summary>What the user wrote, made fit to be repeated in a message: short, on one line, nothing invisible.</summary>
internal static class Quoted
{
    // Longer ids than this do not exist (Field.MaxIdLength); longer texts are recognised by their beginning.
    private const int MaxLength = 64;

    public static string Of(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length++ == MaxLength)
            {
                quoted.Append('…');
                break;
            }

            if (rune.Value == ' ' || IsVisible(rune))
            {
                quoted.Append(rune.ToString());
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate or
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
