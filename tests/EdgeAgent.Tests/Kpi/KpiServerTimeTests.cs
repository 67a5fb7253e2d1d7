using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>
/// Readings of a server that reports by exception: its source time says since when a value holds, its server time when
/// it was last known to.
/// </summary>
public sealed class KpiServerTimeTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly KpiRun _run = new(Some.Machine(interval: Interval));
    private readonly SampleBatchPool _pool = new(8, 1);
    private readonly TagTable _table = new(Some.Machine(interval: Interval).Tags);

    [Fact]
    public void A_value_that_is_read_again_holds_on()
    {
        Take(At(0), At(0), At(0));
        for (var second = 10; second <= 120; second += 10)
        {
            Take(source: At(0), server: At(second), gateway: At(second));
        }

        var result = Oee();
        Assert.Equal(120_000_000, result.Coverage.Good);
        Assert.Equal(0, result.Coverage.Missing);
    }

    [Fact]
    public void Without_being_read_again_it_ends_with_its_hold_time()
    {
        Take(At(0), At(0), At(0));

        Assert.Equal(30_000_000, Oee().Coverage.Good);
    }

    [Fact]
    public void History_does_not_say_that_a_value_still_holds()
    {
        Take(At(0), At(0), At(0));
        Take(source: At(0), server: At(60), gateway: At(60), origin: BatchOrigin.Backfill);

        Assert.Equal(30_000_000, Oee().Coverage.Good);
    }

    [Fact]
    public void An_old_value_that_is_told_after_an_outage_holds_from_when_it_was_told()
    {
        Take(At(0), At(0), At(0));
        _run.Lose("m", Some.At(0, 0, 5), Some.At(0, 1, 30));
        Take(source: At(0), server: At(90), gateway: At(90));

        var result = Oee();
        Assert.Equal(35_000_000, result.Coverage.Good);
        Assert.Equal(85_000_000, result.Coverage.Missing);
    }

    [Fact]
    public void The_first_value_may_be_older_than_the_agent()
    {
        Take(source: Some.At(-20), server: At(60), gateway: At(60));

        Assert.Equal(30_000_000, Oee().Coverage.Good);
    }

    [Fact]
    public void A_notification_that_a_reading_has_overtaken_finds_its_place()
    {
        Take(At(0), At(0), At(0));
        Take(source: At(20), server: At(25), gateway: At(25), value: 4);
        Take(source: At(20), server: At(20), gateway: At(26), value: 4);
        Take(source: At(10), server: At(10), gateway: At(27), value: 3);

        // Production until 10 s; then delay; from 20 s down, which holds until its reading at 25 s plus 30 s.
        var result = Oee();
        Assert.Equal(10_000_000, result.Parts[0].Numerator!.Value.Amount);
        Assert.Equal(50_000_000, result.Coverage.Good);
    }

    [Fact]
    public void A_server_clock_far_ahead_does_not_hold_a_value_into_the_future()
    {
        Take(At(0), At(0), At(0));
        Take(source: At(0), server: Some.At(5), gateway: At(20));

        Assert.Equal(50_000_000, Oee().Coverage.Good);
    }

    private static DateTimeOffset At(double seconds) => Some.At(0, 0, seconds);

    private void Take(
        DateTimeOffset source, DateTimeOffset server, DateTimeOffset gateway, long value = 1,
        BatchOrigin origin = BatchOrigin.Live)
    {
        var batch = _pool.Rent(_table);
        batch.Origin = origin;
        batch.Add(
            _table.IndexOf("m.state"), UtcTime.From(source), UtcTime.From(server), UtcTime.From(gateway),
            StatusCode.Good, value);
        _run.Engine.Process(batch);
        batch.Release();
    }

    private KpiResult Oee() => _run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(0, 2));
}
