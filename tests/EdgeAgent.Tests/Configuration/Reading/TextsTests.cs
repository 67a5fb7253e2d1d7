using CsCheck;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration.Reading;

/// <summary>How durations, sizes and decimals are written.</summary>
public sealed class TextsTests
{
    [Theory]
    [InlineData("200ms", 200)]
    [InlineData("1s", 1_000)]
    [InlineData("5min", 300_000)]
    [InlineData("12h", 43_200_000)]
    [InlineData("30d", 2_592_000_000)]
    [InlineData("1 s", 1_000)]
    public void Durations_are_a_number_and_a_unit(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("5m")]
    [InlineData("5S")]
    [InlineData("99999999999999999d")]
    [InlineData("99999999999999999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void Durations_are_written_as_they_are_read() => Gen.Long[1, 1_000_000_000].Sample(milliseconds =>
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        Assert.True(DurationText.TryParse(DurationText.Format(duration), out var again));
        Assert.Equal(duration, again);
    });

    [Theory]
    [InlineData("0B", 0)]
    [InlineData("256KiB", 262_144)]
    [InlineData("2GiB", 2_147_483_648)]
    public void Sizes_are_a_number_and_a_binary_unit(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out var size));
        Assert.Equal(bytes, size);
        Assert.Equal(text, SizeText.Format(bytes));
    }

    [Theory]
    [InlineData("64MB")]
    [InlineData("64")]
    [InlineData("9999999999TiB")]
    public void Anything_else_is_no_size(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Theory]
    [InlineData("0.1229", "0.1229")]
    [InlineData("1E-05", "0.00001")]
    [InlineData("-40", "-40")]
    public void Decimals_are_exact(string text, string expected)
    {
        Assert.True(DecimalText.TryParse(text, out var value));
        Assert.Equal(decimal.Parse(expected, null), value);
    }

    [Theory]
    [InlineData("1e-16")]
    [InlineData("1.2345678901234e-10")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("NaN")]
    [InlineData("1,000")]
    [InlineData("")]
    public void What_would_be_rounded_is_refused(string text) => Assert.False(DecimalText.TryParse(text, out _));

    [Theory]
    [InlineData("1.50", 1)]
    [InlineData("100", 0)]
    [InlineData("0.001", 3)]
    public void Places_do_not_count_trailing_zeros(string text, int places) =>
        Assert.Equal(places, DecimalText.Places(decimal.Parse(text, null)));
}
