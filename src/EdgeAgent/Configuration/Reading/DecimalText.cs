using System.Globalization;

namespace EdgeAgent.Configuration.Reading;

/// <summary>Exact decimal numbers with a point: "0.1229", "-40", "1e-3".</summary>
internal static class DecimalText
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // A decimal holds 28 digits; what would be rounded is refused, because a figure must be the one that was written.
    private const int MaxLength = 28;

    // With an exponent (a spreadsheet writes 1E-05 for 0.00001) the same holds if both parts are short: 12 + 15 < 28.
    private const int MaxMantissaLength = 12;
    private const int MaxExponent = 15;

    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        var mantissa = text.AsSpan().IndexOfAny('e', 'E');
        if (mantissa >= 0)
        {
            var exponentText = text.AsSpan(mantissa + 1);
            if (mantissa > MaxMantissaLength ||
                !int.TryParse(
                    exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) ||
                exponent is < -MaxExponent or > MaxExponent)
            {
                return false;
            }
        }

        return text.Length <= MaxLength && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Decimal places that are not trailing zeros.</summary>
    public static int Places(decimal value)
    {
        var places = value.Scale;
        while (places > 0 && decimal.Round(value, places - 1) == value)
        {
            places--;
        }

        return places;
    }
}
