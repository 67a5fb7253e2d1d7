using System.Numerics;
using CsCheck;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Tests.Kpi.Numbers;

public sealed class FractionTests
{
    [Theory]
    [InlineData("1/60", "1/60")]
    [InlineData("0.75", "3/4")]
    [InlineData("-1.50", "-3/2")]
    [InlineData("1.5/0.25", "6")]
    [InlineData("0", "0")]
    public void A_decimal_or_a_quotient_is_read_exactly(string text, string expected)
    {
        Assert.True(Fraction.TryParse(text, out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("0.12345678901234567890123456789")]
    public void Anything_else_is_refused(string text) => Assert.False(Fraction.TryParse(text, out _));

    [Theory]
    [InlineData("1/3", "0.3333333333333333333333333333")]
    [InlineData("2/3", "0.6666666666666666666666666667")]
    [InlineData("200/3", "66.66666666666666666666666667")]
    [InlineData("1/8", "0.125")]
    [InlineData("100", "100")]
    [InlineData("-1/3", "-0.3333333333333333333333333333")]
    public void The_rendering_has_28_digits_and_no_trailing_zeros(string text, string expected)
    {
        Assert.True(Fraction.TryParse(text, out var value));
        Assert.Equal(expected, value.ToDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(5, 2)]
    [InlineData(-3, -2)]
    public void A_tie_goes_to_the_even_neighbour(int halves, int expected) =>
        Assert.Equal(expected, new Fraction(halves, 2).RoundedMantissa(0));

    [Fact]
    public void A_decimal_goes_in_and_comes_out_unchanged() =>
        Gen.Decimal.Where(value => Math.Abs(value) < 1e27m).Sample(value =>
        {
            var rounded = ((Fraction)value).ToDecimal();
            var digits = BigInteger.Abs(((Fraction)value).RoundedMantissa(28)).ToString().Length;
            return digits <= 28 || value.Scale <= 0
                ? rounded == value : Math.Abs(rounded - value) <= Math.Abs(value) * 1e-27m;
        });

    [Fact]
    public void Sums_and_quotients_are_exact() =>
        Gen.Select(Gen.Int, Gen.Int[1, int.MaxValue], Gen.Int, Gen.Int[1, int.MaxValue]).Sample((a, b, c, d) =>
        {
            var (left, right) = (new Fraction(a, b), new Fraction(c, d));
            return left + right - right == left && (c == 0 || left * right / right == left)
                && left.CompareTo(right) == ((Int128)a * d).CompareTo((Int128)c * b);
        });
}
