using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Kpi.Numbers;

/// <summary>
/// A measured float as an integer count of its last decimal place: the exact binary value times 10^decimals, rounded
/// once, half to even. From here on sums are integer sums and do not depend on their order.
/// </summary>
internal static class Mantissa
{
    /// <summary>The most decimals a tag may have.</summary>
    public const int MaxDecimals = 9;

    /// <summary>A reading of this size or more is none: 4.6e18 units of the last decimal.</summary>
    public const long Limit = 1L << 62;

    // All exact as doubles.
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <returns>False for NaN, an infinity or a magnitude of <see cref="Limit"/> or more.</returns>
    public static bool TryRound(double value, int decimals, out long mantissa)
    {
        var power = Powers[decimals];
        var product = value * power;

        // Below 2^52 the spacing u of doubles is at most 1/2, so `distance` is a multiple of u and exact, and the true
        // product is within u/2 of `product`. If distance is not a tie, |distance| <= 1/2 - u, and what the
        // multiplication rounded away cannot carry the true product over the tie. If it is, its sign decides.
        if (Math.Abs(product) < 1L << 52)
        {
            var rounded = Math.Round(product, MidpointRounding.ToEven);
            var distance = product - rounded;
            mantissa = (long)rounded;
            if (Math.Abs(distance) == 0.5)
            {
                var lost = Math.FusedMultiplyAdd(value, power, -product);
                mantissa += lost > 0 && distance > 0 ? 1 : lost < 0 && distance < 0 ? -1 : 0;
            }

            return true;
        }

        return TryRoundLarge(value, (ulong)power, out mantissa);
    }

    // 53 significant bits times at most 10^9 < 2^30 fit 83 bits, so nothing is lost before the one rounding.
    private static bool TryRoundLarge(double value, ulong power, out long mantissa)
    {
        mantissa = 0;
        if (!double.IsFinite(value))
        {
            return false;
        }

        var bits = Unsafe.BitCast<double, ulong>(value);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1075;
        var significand = (UInt128)((bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000) * power;
        UInt128 magnitude;
        if (exponent >= 0)
        {
            if (exponent + BitLength(significand) > 62)
            {
                return false;
            }

            magnitude = significand << exponent;
        }
        else
        {
            // The product is at least 2^52, so fewer bits than the significand's 83 are shifted out.
            magnitude = significand >> -exponent;
            var remainder = significand - (magnitude << -exponent);
            var half = UInt128.One << (-exponent - 1);
            if (remainder > half || (remainder == half && UInt128.IsOddInteger(magnitude)))
            {
                magnitude++;
            }
        }

        if (magnitude >= (UInt128)Limit)
        {
            return false;
        }

        mantissa = value < 0 ? -(long)magnitude : (long)magnitude;
        return true;
    }

    private static int BitLength(UInt128 value) => 128 - (int)UInt128.LeadingZeroCount(value);
}
