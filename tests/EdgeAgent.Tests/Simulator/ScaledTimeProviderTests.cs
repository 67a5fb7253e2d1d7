using EdgeAgent.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Simulator;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 13, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly FakeTimeProvider _inner = new();
    private readonly List<TimeSpan> _ticks = [];
    private readonly ScaledTimeProvider _clock;

    public ScaledTimeProviderTests() => _clock = new(_inner, Start, speed: 10);

    [Fact]
    public void The_clock_starts_where_it_is_told_and_runs_faster()
    {
        Assert.Equal(Start, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetUtcNow().Offset);
        _inner.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Start + TimeSpan.FromMinutes(1), _clock.GetUtcNow());
    }

    [Fact]
    public void Timestamps_agree_with_the_clock()
    {
        var before = _clock.GetTimestamp();
        _inner.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromSeconds(2.5), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void A_timer_fires_at_its_time_and_not_before()
    {
        using var timer = CreateTimer(TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        _inner.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.Empty(_ticks);
        _inner.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([TimeSpan.FromSeconds(30)], _ticks);
        _inner.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_ticks);
    }

    [Fact]
    public void A_time_that_is_no_whole_number_of_inner_milliseconds_is_rounded_up()
    {
        using var timer = CreateTimer(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        _inner.Advance(TimeSpan.FromMilliseconds(0.9));
        Assert.Empty(_ticks);
        _inner.Advance(TimeSpan.FromMilliseconds(0.1));
        Assert.Single(_ticks);
    }

    [Fact]
    public void A_periodic_timer_keeps_its_schedule()
    {
        var clock = new ScaledTimeProvider(_inner, Start, speed: 7); // A second is no whole number of milliseconds.
        var ticks = new List<TimeSpan>();
        using var timer = clock.CreateTimer(
            _ => ticks.Add(clock.GetUtcNow() - Start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var millisecond = 0; millisecond < 100_000; millisecond++)
        {
            _inner.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(700, ticks.Count);
        for (var i = 0; i < ticks.Count; i++)
        {
            Assert.InRange(ticks[i] - TimeSpan.FromSeconds(i + 1), TimeSpan.Zero, TimeSpan.FromMilliseconds(7));
        }
    }

    [Fact]
    public void Missed_ticks_are_skipped()
    {
        using var timer = CreateTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _inner.Advance(TimeSpan.FromMilliseconds(550));
        Assert.Single(_ticks);
        _inner.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal([TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(6)], _ticks);
    }

    [Fact]
    public void A_timer_can_be_changed_and_stopped_and_disposed_of()
    {
        using var timer = CreateTimer(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Assert.True(timer.Change(TimeSpan.FromSeconds(20), TimeSpan.Zero));
        _inner.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([TimeSpan.FromSeconds(50)], _ticks); // Late, because the test advanced past it at once.
        Assert.True(timer.Change(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _inner.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(_ticks);
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), TimeSpan.Zero));
    }

    [Fact]
    public void A_timer_due_now_fires_and_an_illegal_one_is_refused()
    {
        using var timer = CreateTimer(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _inner.Advance(TimeSpan.Zero);
        Assert.Single(_ticks);
        Assert.Throws<ArgumentOutOfRangeException>(() => CreateTimer(TimeSpan.FromSeconds(-2), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(_inner, Start, speed: 0));
    }

    [Fact]
    public async Task Delays_and_cancellations_run_on_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, TestContext.Current.CancellationToken);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(70), _clock);
        _inner.Advance(TimeSpan.FromSeconds(6));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        _inner.Advance(TimeSpan.FromSeconds(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer CreateTimer(TimeSpan due, TimeSpan period) =>
        _clock.CreateTimer(_ => _ticks.Add(_clock.GetUtcNow() - Start), null, due, period);
}
