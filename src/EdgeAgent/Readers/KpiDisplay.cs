using System.Globalization;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Readers;

/// <summary>
/// Rounds a figure once, for people: two decimals, but at least three significant digits below 0.1, because the
/// programme's own example (0.02 % to 0.005 %) would otherwise print as 0.02 % to 0.01 %.
/// </summary>
internal static class KpiDisplay
{
    private const int Decimals = 2;
    private const int SignificantDigits = 3;

    // What a decimal can hold behind the point.
    private const int MaxDecimals = 28;

    /// <summary>The figure without its unit, or null where there is none.</summary>
    public static string? Text(KpiValue value)
    {
        if (value.Rounded is not { } number)
        {
            return null;
        }

        var decimals = Decimals;
        if (number != 0 && Math.Abs(number) < 0.1m)
        {
            var magnitude = Math.Abs(number);
            for (decimals = SignificantDigits; magnitude < 0.1m && decimals < MaxDecimals; decimals++)
            {
                magnitude *= 10;
            }
        }

        return Math.Round(number, decimals, MidpointRounding.ToEven)
            .ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
