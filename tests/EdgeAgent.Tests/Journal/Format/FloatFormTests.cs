using CsCheck;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Tests.Journal.Format;

public sealed class FloatFormTests
{
    [Theory]
    [InlineData(0.0, 2)] // quotient, no decimals
    [InlineData(-17.0, 2)]
    [InlineData(23.4, 3)] // 234 / 10
    [InlineData(0.0001, 6)]
    [InlineData(234 * 0.1, 11)] // 23.400000000000002: 234 * 10^-1, which no division gives
    [InlineData(23.4f, 1)]
    [InlineData(1.0 / 3, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1e300, 0)]
    public void A_number_gets_the_form_it_was_made_with(double value, byte form) =>
        Assert.Equal(form, FloatForm.For(Sample.BitsOf(value)).Code);

    [Fact]
    public void Minus_zero_stays_minus_zero()
    {
        var form = FloatForm.For(Sample.BitsOf(-0.0));

        Assert.True(form.TryMeasure(Sample.BitsOf(-0.0), out var units, out var offset));
        Assert.Equal(Sample.BitsOf(-0.0), form.Bits(units, offset));
    }

    [Fact]
    public void Whatever_a_form_takes_it_gives_back_bit_for_bit() => Gen.Select(
        Gen.OneOf(
            Gen.Long,
            Gen.Double.Select(Sample.BitsOf),
            Gen.Float.Select(value => Sample.BitsOf(value)),
            Gen.Select(Gen.Long[-100_000, 100_000], Gen.Int[0, 8], (n, k) => Sample.BitsOf(n * Math.Pow(10, -k))),
            Gen.Select(Gen.Long[-100_000, 100_000], Gen.Double[-50, 50], (n, o) => Sample.BitsOf((n * 0.1) + o))),
        Gen.Byte[0, 25]).Sample((bits, code) =>
        {
            foreach (var form in (FloatForm[])[new(code), FloatForm.For(bits)])
            {
                if (form.TryMeasure(bits, out var units, out var offset))
                {
                    Assert.Equal(bits, form.Bits(units, offset));
                }
            }
        });
}
