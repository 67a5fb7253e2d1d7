using CsCheck;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>The small decisions: how many, how long, how often.</summary>
public sealed class DecisionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_batch_halves_down_to_one_and_then_no_further()
    {
        var batch = new BatchSize(10);
        List<int> sizes = [batch.Current];
        while (batch.Halve())
        {
            sizes.Add(batch.Current);
        }

        Assert.Equal([10, 5, 2, 1], sizes);
        batch.LimitTo(100);
        Assert.Equal(1, batch.Current);
    }

    [Fact]
    public void Publish_requests_cover_every_subscription_and_the_way()
    {
        var depth = new PumpDepth(16);

        Assert.Equal(0, depth.Target(0, Second, TimeSpan.Zero, false));
        Assert.Equal(2, depth.Target(1, Second, TimeSpan.Zero, false));
        Assert.Equal(6, depth.Target(5, Second, TimeSpan.FromMilliseconds(200), false));
        Assert.Equal(9, depth.Target(1, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(800), false));
        Assert.Equal(3, depth.Target(1, Second, TimeSpan.FromMilliseconds(1), true));
        Assert.Equal(16, depth.Target(50, Second, TimeSpan.Zero, false));
    }

    [Fact]
    public void A_server_that_refuses_publish_requests_gets_fewer()
    {
        var depth = new PumpDepth(16);
        depth.Refused(3);

        Assert.Equal(3, depth.Target(5, Second, TimeSpan.Zero, false));
        depth.Refused(0);
        Assert.Equal(1, depth.Target(5, Second, TimeSpan.Zero, false));
    }

    [Fact]
    public void No_two_attempts_begin_within_the_least_delay_and_none_waits_longer_than_the_most() => Gen.Select(
        Gen.Int[0, 100], Gen.Double[0, 0.999], Gen.Double[0, 200]).Sample((failures, chance, since) =>
    {
        var schedule = new ConnectSchedule(Second, TimeSpan.FromSeconds(60));
        var elapsed = TimeSpan.FromSeconds(since);
        var delay = schedule.Delay(failures, elapsed, chance);

        Assert.True(delay >= TimeSpan.Zero && delay + elapsed >= Second);
        Assert.True(delay <= TimeSpan.FromSeconds(60));
    });

    [Fact]
    public void A_connection_that_stood_long_is_tried_again_at_once() => Assert.Equal(
        TimeSpan.Zero, new ConnectSchedule(Second, 60 * Second).Delay(0, TimeSpan.FromMinutes(5), 0.5));

    [Fact]
    public void Silence_counts_from_the_keep_alive_that_did_not_come()
    {
        Assert.False(SilenceWatch.IsDead(TimeSpan.FromSeconds(16), 10 * Second, Second, 1.5));
        Assert.True(SilenceWatch.IsDead(TimeSpan.FromSeconds(18), 10 * Second, Second, 1.5));
    }

    [Theory]
    [InlineData(double.NaN, 1_000)]
    [InlineData(-1, 1_000)]
    [InlineData(250, 250)]
    [InlineData(double.PositiveInfinity, 86_400_000)]
    public void A_claimed_interval_is_taken_only_where_it_makes_sense(double claimed, double taken) =>
        Assert.Equal(TimeSpan.FromMilliseconds(taken), Revised.Interval(claimed, Second));

    [Fact]
    public void No_claimed_count_overflows() =>
        Assert.True(Revised.Times(TimeSpan.FromDays(1), uint.MaxValue) > TimeSpan.FromDays(1));

    [Fact]
    public void Skipped_polls_are_counted_and_the_grid_stays()
    {
        var group = new PollGroup(Second, [0]);

        Assert.Equal(0, group.Begin(TimeSpan.Zero));
        Assert.Equal(Second, group.Due);
        Assert.Equal(2, group.Begin(TimeSpan.FromSeconds(3.2)));
        Assert.Equal(TimeSpan.FromSeconds(4), group.Due);
    }

    [Theory]
    [InlineData(StatusCodes.BadTooManyOperations, true)]
    [InlineData(StatusCodes.BadEncodingLimitsExceeded, true)]
    [InlineData(StatusCodes.BadTcpMessageTooLarge, true)]
    [InlineData(StatusCodes.BadTooManyMonitoredItems, false)]
    public void Only_size_halves_a_batch(uint status, bool isTooMuch) =>
        Assert.Equal(isTooMuch, BatchSize.IsTooMuch(status));
}
