using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class ClockReadingTests
{
    private static readonly DateTimeOffset Sent = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(200, 5_000)]
    [InlineData(40, -3_600_000)]
    public void The_servers_clock_is_compared_with_the_middle_of_the_round_trip(int roundTrip, int ahead)
    {
        var read = Sent.AddMilliseconds((roundTrip / 2) + ahead);

        var reading = ClockReading.From(Sent, TimeSpan.FromMilliseconds(roundTrip), read);

        Assert.Equal(TimeSpan.FromMilliseconds(ahead), reading.Offset);
        Assert.Equal(TimeSpan.FromMilliseconds(roundTrip), reading.RoundTrip);
        Assert.Equal(Sent.AddMilliseconds(roundTrip), reading.MeasuredAt);
    }
}
