using System.Numerics;
using CsCheck;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Tests.Kpi.Numbers;

public sealed class MantissaTests
{
    private static readonly Gen<double> AnyMagnitude = Gen.OneOf(
        Gen.Double,
        Gen.Double[-1e6, 1e6],
        Gen.Double[-1, 1],
        Gen.Int[-2_000_000, 2_000_000].Select(n => n / 2.0),
        Gen.Int[-2_000_000, 2_000_000].Select(n => n / 1024.0),
        Gen.Int[-20_000_000, 20_000_000].Select(n => n / 2000.0),
        Gen.Long[-(1L << 53), 1L << 53].Select(n => (double)n));

    [Fact]
    public void The_mantissa_is_the_exact_binary_value_rounded_once_half_to_even() =>
        Gen.Select(AnyMagnitude, Gen.Int[0, Mantissa.MaxDecimals]).Sample(
            (value, decimals) =>
            {
                var expected = Reference(value, decimals);
                return Mantissa.TryRound(value, decimals, out var mantissa)
                    ? expected == mantissa
                    : expected is null || BigInteger.Abs(expected.Value) >= Mantissa.Limit;
            },
            iter: 200_000);

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(1.5, 0, 2)]
    [InlineData(2.5, 0, 2)]
    [InlineData(-2.5, 0, -2)]
    [InlineData(0.125, 2, 12)]
    [InlineData(0.375, 2, 38)]
    [InlineData(1.005, 2, 100)]
    [InlineData(2.675, 2, 267)]
    [InlineData(1.115, 2, 111)] // rounds to the tie 111.5 from below: not to the even 112
    [InlineData(8.345, 2, 835)] // rounds to the tie 834.5 from above: not to the even 834
    [InlineData(99.95, 1, 1000)]
    [InlineData(0.49999999999999994, 0, 0)]
    public void Known_answers(double value, int decimals, long expected)
    {
        Assert.True(Mantissa.TryRound(value, decimals, out var mantissa));
        Assert.Equal(expected, mantissa);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(4.7e18)]
    public void What_is_no_number_or_too_large_is_no_reading(double value) =>
        Assert.False(Mantissa.TryRound(value, 0, out _));

    [Fact]
    public void The_smallest_numbers_are_zero() =>
        Assert.True(Mantissa.TryRound(double.Epsilon, 9, out var mantissa) && mantissa == 0);

    private static BigInteger? Reference(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var field = (int)((bits >> 52) & 0x7FF);
        var significand = new BigInteger(
            field == 0 ? bits & 0xF_FFFF_FFFF_FFFF : (bits & 0xF_FFFF_FFFF_FFFF) | (1L << 52));
        var exponent = Math.Max(field, 1) - 1075;
        var scaled = significand * (value < 0 ? -1 : 1) * BigInteger.Pow(10, decimals);
        return exponent >= 0
            ? scaled << exponent
            : new Fraction(scaled, BigInteger.One << -exponent).RoundedMantissa(0);
    }
}
