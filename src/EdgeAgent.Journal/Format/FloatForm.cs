using System.Runtime.CompilerServices;

namespace EdgeAgent.Journal.Format;

/// <summary>
/// How the Float64 values of a tag are written: as whole numbers of a unit, where they are that, bit for bit. A form is
/// a claim that is checked for every value; a value that breaks it changes the form.
/// </summary>
/// <param name="Code">The number that is stored.</param>
internal readonly record struct FloatForm(byte Code)
{
    private const int Quotient0 = 2;
    private const int Product0 = 10;
    private const int Near0 = 18;
    private const int DecimalsMax = 7;
    private const double UnitsMax = 9_007_199_254_740_992; // 2^53: beyond, not every whole number is a binary64.

    public static readonly FloatForm Raw;
    public static readonly FloatForm Float32 = new(1);

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
    private static readonly double[] Fractions = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

    /// <summary>The most units in the last place that a value of a near form lies off.</summary>
    public const int OffsetMax = 3;

    public bool IsKnown => Code <= Near0 + DecimalsMax;

    public bool IsNear => Code >= Near0;

    /// <summary>
    /// The form that says <paramref name="bits"/> in the fewest bytes, with a preference for what PLCs send.
    /// </summary>
    public static FloatForm For(long bits)
    {
        foreach (var first in (ReadOnlySpan<int>)[Quotient0, 1, Product0, Near0])
        {
            for (var decimals = 0; decimals <= (first == 1 ? 0 : DecimalsMax); decimals++)
            {
                var form = new FloatForm((byte)(first + decimals));
                if (form.TryMeasure(bits, out _, out _))
                {
                    return form;
                }
            }
        }

        return Raw;
    }

    /// <summary>The value in whole units, or false if this form cannot say it exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMeasure(long bits, out long units, out int offset)
    {
        offset = 0;
        var value = Unsafe.BitCast<long, double>(bits);
        if (Code >= Quotient0)
        {
            var scaled = Code is >= Product0 and < Near0
                ? value / Fractions[Code - Product0]
                : value * Powers[(Code - Quotient0) & DecimalsMax];
            var rounded = Math.Round(scaled);
            if (!(Math.Abs(rounded) <= UnitsMax))
            {
                units = 0;
                return false;
            }

            units = (long)rounded;
            var difference = bits - Bits(units, 0);
            if (!IsNear)
            {
                return difference == 0;
            }

            offset = (int)difference;
            return difference is >= -OffsetMax and <= OffsetMax;
        }

        var single = (float)value;
        units = Unsafe.BitCast<float, int>(single);

        // What a conversion does to the payload of a NaN is the processor's affair.
        return Code == Float32.Code && !float.IsNaN(single) && Unsafe.BitCast<double, long>(single) == bits;
    }

    /// <summary>The inverse of <see cref="TryMeasure"/>.</summary>
    public long Bits(long units, int offset) => Code switch
    {
        >= Near0 => Unsafe.BitCast<double, long>(units / Powers[Code - Near0]) + offset,
        >= Product0 => Unsafe.BitCast<double, long>(units * Fractions[Code - Product0]),
        >= Quotient0 => Unsafe.BitCast<double, long>(units / Powers[Code - Quotient0]),
        _ => Unsafe.BitCast<double, long>(Unsafe.BitCast<int, float>((int)units)),
    };
}
