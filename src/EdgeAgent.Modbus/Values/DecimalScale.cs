using System.Globalization;
using System.Numerics;

namespace EdgeAgent.Modbus.Values;

/// <summary>
/// raw × scale + offset for integers, exact up to the one rounding into binary64: the numbers are kept as
/// (raw × multiplier + addend) ÷ 10^exponent in 128-bit integers, and only the quotient is rounded, to nearest even.
/// </summary>
internal readonly struct DecimalScale
{
    // 10^22 is the largest power of ten that binary64 holds exactly.
    private const int MaxExactExponent = 22;
    private const long MaxExactInteger = 1L << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    private readonly Int128 _multiplier;
    private readonly Int128 _addend;
    private readonly int _exponent;

    private DecimalScale(Int128 multiplier, Int128 addend, int exponent)
    {
        _multiplier = multiplier;
        _addend = addend;
        _exponent = exponent;
    }

    /// <exception cref="ArgumentException">
    /// Scale and offset have too many digits for 128 bits at the largest raw value.
    /// </exception>
    public static DecimalScale Create(decimal scale, decimal offset, BigInteger largestRaw)
    {
        var (scaleMantissa, scaleExponent) = Split(scale);
        var (offsetMantissa, offsetExponent) = Split(offset);
        var exponent = Math.Max(scaleExponent, offsetExponent);
        var multiplier = scaleMantissa * BigInteger.Pow(10, exponent - scaleExponent);
        var addend = offsetMantissa * BigInteger.Pow(10, exponent - offsetExponent);
        var largest = (BigInteger.Abs(multiplier) * largestRaw) + BigInteger.Abs(addend);
        return largest <= (BigInteger)Int128.MaxValue
            ? new((Int128)multiplier, (Int128)addend, exponent)
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Scale {scale} and offset {offset} have too many digits to be applied exactly; write fewer."));
    }

    public double Apply(long raw) => Divide((raw * _multiplier) + _addend);

    public double Apply(ulong raw) => Divide((raw * _multiplier) + _addend);

    private double Divide(Int128 numerator)
    {
        // Both operands are exact, so the one division rounds correctly (Clinger 1990).
        if (_exponent <= MaxExactExponent && numerator <= MaxExactInteger && numerator >= -MaxExactInteger)
        {
            return (double)(long)numerator / PowersOfTen[_exponent];
        }

        // The general case is what a correct parser of decimals does anyway: sign, 39 digits, "E-28".
        Span<byte> text = stackalloc byte[48];
        numerator.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
        "E-"u8.CopyTo(text[digits..]);
        _exponent.TryFormat(text[(digits + 2)..], out var more, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..(digits + 2 + more)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static (BigInteger Mantissa, int Exponent) Split(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var exponent = (parts[3] >> 16) & 0xFF;
        var mantissa = (((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0])
            * (parts[3] < 0 ? -1 : 1);
        while (exponent > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent--;
        }

        return (mantissa, exponent);
    }
}
