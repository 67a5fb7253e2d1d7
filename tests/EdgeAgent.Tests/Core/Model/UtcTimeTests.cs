using EdgeAgent.Core.Model;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Core.Model;

public sealed class UtcTimeTests
{
    [Fact]
    public void The_epoch_is_1970()
    {
        Assert.Equal(0, UtcTime.From(DateTimeOffset.UnixEpoch).Ticks);
        Assert.Equal("1970-01-01T00:00:00.0000000Z", new UtcTime(0).ToString());
    }

    [Theory]
    [InlineData(19, 1)]
    [InlineData(10, 1)]
    [InlineData(9, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    public void Microseconds_round_towards_the_past(long ticks, long microseconds) =>
        Assert.Equal(microseconds, new UtcTime(ticks).Microseconds);

    [Fact]
    public void The_clock_is_the_given_one()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8)));

        Assert.Equal("2026-11-22T00:00:00.0000000Z", UtcTime.Now(clock).ToString());
    }

    [Fact]
    public void No_time_is_no_time()
    {
        Assert.True(UtcTime.None.IsNone);
        Assert.Equal("-", UtcTime.None.ToString());
        Assert.ThrowsAny<Exception>(() => UtcTime.None.ToDateTimeOffset());
    }
}
