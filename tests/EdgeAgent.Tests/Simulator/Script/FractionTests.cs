using CsCheck;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Script;

public sealed class FractionTests
{
    [Fact]
    public void Is_kept_in_lowest_terms_with_a_positive_denominator()
    {
        Assert.Equal("3/4", new Fraction(6, 8).ToString());
        Assert.Equal("-3/4", new Fraction(6, -8).ToString());
        Assert.Equal("0", new Fraction(0, -8).ToString());
        Assert.Equal(default, new Fraction(0, 5));
        Assert.Throws<DivideByZeroException>(() => new Fraction(1, 0));
    }

    [Fact]
    public void Takes_a_decimal_as_it_is()
    {
        Assert.Equal(new Fraction(1229, 10_000), Fraction.From(0.1229m));
        Assert.Equal(new Fraction(-5, 2), Fraction.From(-2.50m));
        Assert.Equal(decimal.MaxValue.ToString(null as IFormatProvider), Fraction.From(decimal.MaxValue).ToString());
    }

    [Fact]
    public void Adds_multiplies_divides_and_compares_as_decimals_do() =>
        Gen.Select(Gen.Int[-999, 999], Gen.Int[1, 999], Gen.Int[-999, 999], Gen.Int[1, 999]).Sample((a, b, c, d) =>
        {
            var (left, right) = (new Fraction(a, b), new Fraction(c, d));
            Assert.Equal(new Fraction((a * d) + (c * b), b * d), left + right);
            Assert.Equal(new Fraction(a * c, b * d), left * right);
            Assert.Equal(left, c == 0 ? left : left * right / right);
            Assert.Equal((a * d).CompareTo(c * b), left.CompareTo(right));
        });
}
