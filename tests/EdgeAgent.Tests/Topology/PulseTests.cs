using EdgeAgent.Topology;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Topology;

public sealed class PulseTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_loop_without_work_is_never_stuck()
    {
        var pulse = new Pulse("journal", TimeSpan.FromSeconds(30), _clock);
        pulse.Busy();
        pulse.Idle();

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(pulse.StuckFor());
    }

    [Fact]
    public void A_loop_that_gives_no_sign_is_stuck_until_it_gives_one()
    {
        var pulse = new Pulse("journal", TimeSpan.FromSeconds(30), _clock);
        pulse.Busy();

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(pulse.StuckFor());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(31), pulse.StuckFor());

        pulse.Busy();
        Assert.Null(pulse.StuckFor());
    }
}
