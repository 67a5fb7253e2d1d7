using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>What a runner does in quiet and in each single trouble.</summary>
public sealed class SubscriptionRunnerTests
{
    [Fact]
    public void In_quiet_everything_arrives_and_nothing_is_lost()
    {
        using var run = new ModelRun(seed: 1);
        run.Advance(10);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Empty(run.Ledger.Spans);
        Assert.True(run.Server.Served.Count > 100);
        Assert.Equal(run.Server.Served.Count, run.Runner.Counters.Values);
        Assert.Equal(
            [RunnerState.Connecting, RunnerState.Preparing, RunnerState.Subscribed, RunnerState.Stopped], run.Events.States);
        Assert.Equal(0, run.Server.ItemCount);
    }

    [Fact]
    public void After_a_broken_connection_the_same_session_goes_on_and_nothing_is_lost()
    {
        using var run = new ModelRun(seed: 2);
        run.Advance(3);
        run.Server.Drop();
        run.Advance(3);
        run.Server.Drop();
        run.Advance(3);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Empty(run.Ledger.Spans);
        Assert.Equal(1, run.Server.Calls["CreateSubscriptionRequest"]);
        Assert.Equal(3, run.Runner.Counters.Connects);
    }

    [Fact]
    public void A_forgotten_session_hands_its_subscription_over()
    {
        using var run = new ModelRun(seed: 3);
        run.Advance(3);
        run.Server.LoseSessions(keepsSubscriptions: true);
        run.Server.Drop();
        run.Advance(3);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Empty(run.Ledger.Spans);
        Assert.Equal(1, run.Server.Calls["CreateSubscriptionRequest"]);
        Assert.Equal(1, run.Server.Calls["TransferSubscriptionsRequest"]);
    }

    [Fact]
    public void A_lost_subscription_is_created_again_and_leaves_one_span()
    {
        using var run = new ModelRun(seed: 4);
        run.Advance(3);
        run.Server.LoseSubscriptions();
        run.Advance(3);
        run.Settle();
        run.Stop();

        run.Check();
        var span = Assert.Single(run.Ledger.Spans);
        Assert.Equal(LossCause.SubscriptionLost, span.Cause);
        Assert.Null(span.Handles);
        Assert.InRange(span.To.Ticks - span.From.Ticks, 1, TimeSpan.FromSeconds(1).Ticks);
    }

    [Fact]
    public void A_restarted_server_with_other_indices_is_resolved_anew()
    {
        using var run = new ModelRun(seed: 5);
        run.Advance(3);
        run.Server.Restart(TimeSpan.FromSeconds(1), keepsHistory: false, reorders: true);
        run.Advance(4);
        run.Settle();
        run.Stop();

        run.Check();
        Assert.Equal(LossCause.ServerRestarted, Assert.Single(run.Ledger.Spans).Cause);
    }

    [Fact]
    public void History_closes_the_hole_of_a_lost_subscription()
    {
        using var run = new ModelRun(seed: 6, historyShare: 1);
        run.Advance(3);
        run.Server.LoseSessions(keepsSubscriptions: false);
        run.Server.Drop();
        run.Advance(4);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Empty(run.Ledger.Spans);
        Assert.True(run.Runner.Counters.Backfilled > 0);
    }

    [Fact]
    public void Without_history_of_all_the_rest_is_told_as_lost()
    {
        using var run = new ModelRun(seed: 7, historyShare: 0.5);
        run.Advance(3);
        run.Server.LoseSessions(keepsSubscriptions: false);
        run.Server.Drop();
        run.Advance(4);
        run.Settle();
        run.Stop();

        run.Check();
        var span = Assert.Single(run.Ledger.Spans);
        Assert.Equal(run.Nodes.Count(node => !node.HasHistory), span.Handles!.Count);
    }

    [Fact]
    public void A_server_without_subscriptions_is_polled()
    {
        using var run = new ModelRun(
            seed: 8, settings: ModelRun.Settings with { RefusedRetry = TimeSpan.FromHours(1) },
            change: tag => tag with { SamplingInterval = TimeSpan.FromMilliseconds(200) },
            prepare: server => server.KnowsSubscriptions = false);
        run.Advance(4.05);
        run.Stop();

        Assert.Contains(RunnerState.Polling, run.Events.States);
        Assert.InRange(run.Runner.Counters.Values, 19 * run.Tags.Count, 21 * run.Tags.Count);
        Assert.Empty(run.Ledger.Spans);
    }
}
