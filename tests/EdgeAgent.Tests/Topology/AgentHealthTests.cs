using EdgeAgent.Journal;
using EdgeAgent.Topology;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Topology;

public sealed class AgentHealthTests
{
    private static readonly TimeSpan Long = Pulse.StuckAfter + TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void An_agent_whose_parts_are_well_is_ok()
    {
        var health = Of(Journal(JournalState.Healthy), pumps: [Idle("kilns")], readers: [Idle("kpi")]);

        Assert.Equal("ok", health.Word);
        Assert.Empty(health.Reasons);
    }

    [Fact]
    public void What_is_wrong_outside_degrades_and_is_told()
    {
        var health = Of(Journal(JournalState.Healthy), troubles: ["mqtt: refused.", "kilns: no route."]);

        Assert.Equal("degraded", health.Word);
        Assert.Equal(["mqtt: refused.", "kilns: no route."], health.Reasons);
        Assert.False(health.IsStuck);
    }

    [Theory]
    [InlineData(JournalState.Suspect, "degraded")]
    [InlineData(JournalState.DiskFull, "degraded")]
    [InlineData(JournalState.BudgetReached, "degraded")]
    [InlineData(JournalState.Stopped, "stuck")]
    public void The_journal_s_state_is_told_with_its_reason(JournalState state, string word)
    {
        var health = Of(Journal(state));

        Assert.Equal(word, health.Word);
        Assert.Equal(["journal: the reason."], health.Reasons);
    }

    [Fact]
    public void A_pump_that_gives_no_sign_is_stuck()
    {
        var health = Of(Journal(JournalState.Healthy), pumps: [Idle("meters"), Busy("kilns")]);

        Assert.True(health.IsStuck);
        Assert.Equal(["kilns: no progress for 31 s"], health.Reasons);
    }

    [Theory]
    [InlineData(JournalState.DiskFull)]
    [InlineData(JournalState.BudgetReached)]
    public void A_pump_held_back_for_want_of_room_is_not_for_a_restart_would_make_none(JournalState state)
    {
        var health = Of(Journal(state, pendingFor: Long), pumps: [Busy("kilns")]);

        Assert.Equal("degraded", health.Word);
        Assert.Equal(["journal: the reason."], health.Reasons);
    }

    [Fact]
    public void A_reader_that_gives_no_sign_is_stuck_whatever_the_journal_does()
    {
        var health = Of(Journal(JournalState.DiskFull), readers: [Busy("kpi")]);

        Assert.True(health.IsStuck);
        Assert.Equal(["kpi: no progress for 31 s", "journal: the reason."], health.Reasons);
    }

    [Fact]
    public void A_disk_that_does_not_answer_is_stuck_before_the_queues_are_full()
    {
        Assert.Equal("ok", Of(Journal(JournalState.Healthy, pendingFor: Pulse.StuckAfter)).Word);

        var health = Of(Journal(JournalState.Healthy, pendingFor: Long));

        Assert.True(health.IsStuck);
        Assert.Equal(["journal: nothing has become durable for 31 s"], health.Reasons);
    }

    [Fact]
    public void A_part_that_has_failed_makes_the_agent_stuck()
    {
        var health = AgentHealth.Of(true, Journal(JournalState.Healthy), [], [], ["mqtt: refused."]);

        Assert.True(health.IsStuck);
        Assert.Equal(["A part of the agent has failed; see the log.", "mqtt: refused."], health.Reasons);
    }

    private static AgentHealth Of(
        JournalStatus journal, Pulse[]? pumps = null, Pulse[]? readers = null, string[]? troubles = null) =>
        AgentHealth.Of(false, journal, pumps ?? [], readers ?? [], troubles ?? []);

    private static JournalStatus Journal(JournalState state, TimeSpan pendingFor = default) => new(
        state, state == JournalState.Healthy ? "" : "the reason.", 0, 0, 0, 0, 0, 0, 0, pendingFor, 0, 0);

    private Pulse Idle(string name) => new(name, Pulse.StuckAfter, _clock);

    private Pulse Busy(string name)
    {
        var pulse = Idle(name);
        pulse.Busy();
        _clock.Advance(Long);
        return pulse;
    }
}
