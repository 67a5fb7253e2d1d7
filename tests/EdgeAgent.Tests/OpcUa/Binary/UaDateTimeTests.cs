using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Binary;

public sealed class UaDateTimeTests
{
    [Fact]
    public void A_time_comes_back_to_the_tick()
    {
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(8)).AddTicks(1_234_567);
        Assert.Equal(time, UaDateTime.From(time).ToUtc());
        Assert.Equal("2026-02-02T20:05:06.1234567Z", UaDateTime.From(time).ToString());
    }

    [Theory]
    [InlineData(long.MinValue, 1601)]
    [InlineData(-1, 1601)]
    [InlineData(long.MaxValue, 9999)]
    [InlineData(2_650_467_744_000_000_000, 9999)]
    public void A_time_that_cannot_be_is_kept_flagged_and_clamped(long ticks, int year)
    {
        var time = new UaDateTime(ticks);
        Assert.True(time.IsOutOfRange);
        Assert.Equal(ticks, time.Ticks);
        Assert.Equal(year, time.ToUtc().Year);
        Assert.Contains("out of range", time.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "-")]
    [InlineData(1, "1601-01-01T00:00:00.0000001Z")]
    [InlineData(2_650_467_743_999_999_999, "9999-12-31T23:59:59.9999999Z")]
    public void The_edges_are_in_range(long ticks, string text)
    {
        Assert.False(new UaDateTime(ticks).IsOutOfRange);
        Assert.Equal(text, new UaDateTime(ticks).ToString());
    }
}
