using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Tests.Core.Pipeline;

public sealed class RetryScheduleTests
{
    private static readonly RetrySchedule Schedule = new()
    {
        DelayMin = TimeSpan.FromSeconds(1),
        DelayMax = TimeSpan.FromSeconds(60),
        Jitter = 0.5,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Without_chance_the_delay_doubles_up_to_the_limit(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Schedule.DelayAfter(failures, chance: 0));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Chance_shortens_but_never_below_the_minimum(int failures)
    {
        var delay = Schedule.DelayAfter(failures, chance: 0.999);

        Assert.InRange(delay, Schedule.DelayMin, Schedule.DelayAfter(failures, chance: 0));
    }

    [Fact]
    public void There_is_no_delay_before_a_failure() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.DelayAfter(0, 0));
}
