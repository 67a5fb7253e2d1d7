using EdgeAgent.Core.Kpi.Tracking;

namespace EdgeAgent.Tests.Kpi.Tracking;

public sealed class CounterRuleTests
{
    private static readonly CounterRule Register = new(65_536, 0);

    [Fact]
    public void A_step_up_counts() =>
        Assert.Equal(new CounterStep(30, CounterMove.Forward), Register.Step(65_500, 65_530));

    [Fact]
    public void A_step_down_that_is_short_forwards_is_a_rollover() =>
        Assert.Equal(new CounterStep(30, CounterMove.Forward), Register.Step(65_530, 24));

    [Fact]
    public void A_step_down_that_is_long_forwards_counts_from_zero() =>
        Assert.Equal(new CounterStep(3, CounterMove.Reset), Register.Step(5_020, 3));

    [Fact]
    public void Exactly_half_the_width_is_a_reset()
    {
        Assert.Equal(new CounterStep(7_232, CounterMove.Reset), Register.Step(40_000, 7_232));
        Assert.Equal(new CounterStep(32_767, CounterMove.Forward), Register.Step(40_000, 7_231));
    }

    [Fact]
    public void Without_a_width_every_step_down_is_a_reset() =>
        Assert.Equal(new CounterStep(24, CounterMove.Reset), new CounterRule(0, 0).Step(65_530, 24));

    [Fact]
    public void A_float_meter_that_steps_back_by_less_than_its_resolution_has_not_moved()
    {
        var meter = new CounterRule(0, 2);
        Assert.Equal(new CounterStep(0, CounterMove.None), meter.Step(1_000, 999));
        Assert.Equal(new CounterStep(998, CounterMove.Reset), meter.Step(1_000, 998));
    }

    [Fact]
    public void A_restart_below_zero_adds_nothing() =>
        Assert.Equal(new CounterStep(0, CounterMove.Reset), new CounterRule(0, 0).Step(5, -2));
}
