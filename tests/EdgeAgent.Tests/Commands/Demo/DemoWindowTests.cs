using EdgeAgent.Commands.Demo;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Commands.Demo;

public sealed class DemoWindowTests
{
    [Theory]
    [InlineData(0, 10, 0, 10)] // Both edges on a quiet minute.
    [InlineData(0.01, 10.99, 1, 10)] // Only whole minutes.
    [InlineData(2, 10, 4, 10)] // Minutes 2 and 3 of five are loud: the window begins later,
    [InlineData(0, 8, 0, 6)] // or ends earlier.
    [InlineData(1.5, 8.2, 4, 6)]
    [InlineData(12.5, 14.1, 14, 14)] // Nothing is left.
    public void The_longest_window_between_quiet_minutes_is_compared(double ready, double end, long from, long to)
    {
        var window = DemoWindow.Within(TimeSpan.FromMinutes(ready), TimeSpan.FromMinutes(end));

        Assert.Equal(new DemoWindow(from, to), window);
    }

    [Theory]
    [InlineData(0.1, 0.9)]
    [InlineData(0.5, -0.05)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    public void Without_a_whole_minute_there_is_no_window(double ready, double end)
    {
        Assert.True(DemoWindow.Within(TimeSpan.FromMinutes(ready), TimeSpan.FromMinutes(end)).IsEmpty);
    }

    [Fact]
    public void Its_minutes_count_from_the_start_of_the_plant()
    {
        var start = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

        var period = new DemoWindow(4, 6).Period(start);

        Assert.Equal(
            KpiPeriod.Span(UtcTime.From(start.AddMinutes(4)), UtcTime.From(start.AddMinutes(6))), period);
    }
}
