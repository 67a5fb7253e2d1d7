using EdgeAgent.Journal;

namespace EdgeAgent.Tests.Journal;

public sealed class JournalHealthTests
{
    private readonly JournalHealth _health = new(soundBytes: 100);

    [Fact]
    public void It_starts_healthy() => Assert.Equal((JournalState.Healthy, ""), (_health.State, _health.Reason));

    [Fact]
    public void A_failure_makes_the_disk_suspect_until_enough_was_written()
    {
        _health.OnBroken("EIO");
        Assert.Equal((JournalState.Suspect, "EIO"), (_health.State, _health.Reason));

        _health.OnCommitted(99);
        Assert.Equal(JournalState.Suspect, _health.State);
        _health.OnCommitted(1);
        Assert.Equal((JournalState.Healthy, ""), (_health.State, _health.Reason));
    }

    [Fact]
    public void A_second_failure_of_a_suspect_disk_stops_for_good()
    {
        _health.OnBroken("EIO");
        _health.OnCommitted(50);
        _health.OnBroken("EIO again");
        _health.OnCommitted(1_000);

        Assert.Equal((JournalState.Stopped, "EIO again"), (_health.State, _health.Reason));
    }

    [Fact]
    public void A_full_disk_and_a_reached_budget_end_with_the_next_commit()
    {
        _health.OnBudgetReached("budget");
        Assert.Equal((JournalState.BudgetReached, "budget"), (_health.State, _health.Reason));
        _health.OnDiskFull("full");
        Assert.Equal((JournalState.DiskFull, "full"), (_health.State, _health.Reason));
        _health.OnCommitted(1);
        Assert.Equal(JournalState.Healthy, _health.State);
    }
}
