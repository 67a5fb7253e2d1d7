using System.Globalization;
using System.Text;

namespace EdgeAgent.Commands;

/// <summary>Text of a peer, fit for a terminal: what would move the cursor or hide something is shown as '?'.</summary>
internal static class TerminalText
{
    // A value may be a megabyte; beyond this nobody reads on.
    private const int MaxLength = 4_000;

    public static string Of(string text)
    {
        var printable = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (printable.Length >= MaxLength)
            {
                return printable.Append('…').ToString();
            }

            var isText = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned);
            printable.Append(isText ? rune.ToString() : "?");
        }

        return printable.ToString();
    }
}
