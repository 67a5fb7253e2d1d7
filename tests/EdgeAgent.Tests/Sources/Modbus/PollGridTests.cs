using CsCheck;
using EdgeAgent.Sources.Modbus;

namespace EdgeAgent.Tests.Sources.Modbus;

public sealed class PollGridTests
{
    [Fact]
    public void Instants_are_whole_intervals_since_1970_plus_the_phase()
    {
        var grid = new PollGrid(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        Assert.Equal(new(10_000_000), grid.After(new(0)));
        Assert.Equal(new(30_000_000), grid.After(new(10_000_000)));
        Assert.Equal(new(-10_000_000), grid.After(new(-10_000_001)));
    }

    [Fact]
    public void The_next_instant_is_the_first_one_later() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Int[1, 1000], Gen.Int[0, 999]).Sample((time, interval, phase) =>
        {
            var grid = new PollGrid(new(interval), new(phase % interval));
            var next = grid.After(new(time)).Ticks;
            return next > time && next - interval <= time && (next - (phase % interval)) % interval == 0;
        });

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 0)]
    [InlineData(109, 0)]
    [InlineData(110, 1)]
    [InlineData(135, 3)]
    public void A_due_instant_is_missed_once_the_next_one_has_come(long now, long missed) =>
        Assert.Equal(missed, new PollGrid(new(10), default).MissedBy(new(100), new(now)));
}
