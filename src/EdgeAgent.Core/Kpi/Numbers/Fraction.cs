using System.Globalization;
using System.Numerics;

namespace EdgeAgent.Core.Kpi.Numbers;

/// <summary>
/// An exact rational number, reduced, with a denominator above zero. What every ratio, coefficient and planned run
/// time is until the moment it is printed.
/// </summary>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    /// <summary>Significant digits of the decimal rendering: what System.Decimal holds whatever the value.</summary>
    public const int RenderedDigits = 28;

    /// <summary>The longest text read as a number; far more digits than any sheet prints.</summary>
    public const int MaxTextLength = 64;

    public static readonly Fraction Zero = new(0);
    public static readonly Fraction One = new(1);

    private readonly BigInteger _denominatorLessOne;

    public Fraction(BigInteger integer) => Numerator = integer;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction with the denominator 0.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = (denominator / divisor) - 1;
    }

    public BigInteger Numerator { get; }

    /// <summary>Above zero; 1 in the default value, which is zero.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    public bool IsZero => Numerator.IsZero;

    public static implicit operator Fraction(long value) => new(value);

    public static implicit operator Fraction(Int128 value) => new(value);

    public static implicit operator Fraction(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var mantissa = (new BigInteger((uint)parts[2]) << 64) + (new BigInteger((uint)parts[1]) << 32) + (uint)parts[0];
        return new(value < 0 ? -mantissa : mantissa, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>mantissa / 10^decimals.</summary>
    public static Fraction FromMantissa(Int128 mantissa, int decimals) => new(mantissa, BigInteger.Pow(10, decimals));

    /// <summary>Reads a decimal such as "1.25" or a quotient of two such as "3/2"; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Fraction value)
    {
        value = default;
        var slash = text.IndexOf('/');
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        if (slash < 0)
        {
            return TryParseDecimal(text, out value);
        }

        if (!TryParseDecimal(text[..slash], out var numerator)
            || !TryParseDecimal(text[(slash + 1)..], out var denominator)
            || denominator.IsZero)
        {
            return false;
        }

        value = numerator / denominator;
        return true;
    }

    /// <summary>
    /// The decimal rendering: rounded once, half to even, to <see cref="RenderedDigits"/> significant digits or 28
    /// decimal places, whichever is fewer, without trailing zeros.
    /// </summary>
    /// <exception cref="OverflowException">The value is 10^28 or more.</exception>
    public decimal ToDecimal()
    {
        var places = RenderedDigits;
        var rounded = RoundedMantissa(places);
        while (BigInteger.Abs(rounded) >= BigInteger.Pow(10, RenderedDigits))
        {
            if (--places < 0)
            {
                throw new OverflowException($"{this} has more than {RenderedDigits} digits before the point.");
            }

            rounded = RoundedMantissa(places);
        }

        while (places > 0 && (rounded % 10).IsZero)
        {
            rounded /= 10;
            places--;
        }

        var bits = BigInteger.Abs(rounded);
        return new(
            (int)(uint)(bits & uint.MaxValue), (int)(uint)((bits >> 32) & uint.MaxValue), (int)(uint)(bits >> 64),
            rounded.Sign < 0, (byte)places);
    }

    /// <summary>The integer nearest to this times 10^decimals, half to even.</summary>
    public BigInteger RoundedMantissa(int decimals)
    {
        var denominator = Denominator;
        var quotient = BigInteger.DivRem(
            BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals), denominator, out var remainder);
        var twice = remainder * 2;
        if (twice > denominator || (twice == denominator && !quotient.IsEven))
        {
            quotient++;
        }

        return Numerator.Sign < 0 ? -quotient : quotient;
    }

    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static Fraction operator /(Fraction left, Fraction right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    public int CompareTo(Fraction other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Fraction other) =>
        Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    /// <summary>The exact value: "3/2", or "3" for a whole number.</summary>
    public override string ToString() => _denominatorLessOne.IsZero
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out Fraction value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        value = default;

        // Beyond 28 digits System.Decimal would round without a word.
        var digits = 0;
        foreach (var character in text)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        if (digits > RenderedDigits || !decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var read))
        {
            return false;
        }

        value = read;
        return true;
    }
}
