using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>What a runner does with servers that refuse, limit, or fall silent, and with a sink that is full.</summary>
public sealed class TroubleTests
{
    [Fact]
    public void Batches_halve_until_the_server_takes_them()
    {
        using var run = new ModelRun(seed: 11, nodeCount: 30, prepare: server => server.ItemsPerCall = 4);
        run.Advance(3);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.InRange(run.Server.LargestCall, 2, 4);
        Assert.Equal(30, run.Runner.Counters.Items);
    }

    [Fact]
    public void Items_that_a_subscription_has_no_room_for_get_another_one()
    {
        using var run = new ModelRun(seed: 12, nodeCount: 25, prepare: server => server.ItemsPerSubscription = 10);
        run.Advance(3);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Equal(3, run.Server.Calls["CreateSubscriptionRequest"]);
        Assert.Equal(25, run.Runner.Counters.Items);
    }

    [Fact]
    public void An_item_whose_filter_is_refused_is_monitored_without_it()
    {
        using var run = new ModelRun(
            seed: 13, change: tag => tag with { Deadband = new(DeadbandType.Percent, 1) },
            prepare: server => server.RefusedFilter = StatusCodes.BadDeadbandFilterInvalid);
        run.Advance(3);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Equal(run.Tags.Count, run.Events.Filters.Count);
        Assert.All(run.Events.Filters, refusal => Assert.Equal(StatusCodes.BadDeadbandFilterInvalid, refusal.Status.Code));
        Assert.Empty(run.Ledger.Refused);
    }

    [Fact]
    public void A_node_that_is_not_there_is_bad_once_and_comes_when_it_comes()
    {
        using var run = new ModelRun(seed: 14);
        run.Server.Uris.Remove("urn:machine:b");
        run.Advance(5);
        var missing = run.Nodes.Count(node => node.Uri == "urn:machine:b");
        Assert.Equal(missing, run.Ledger.Refused.Count);
        Assert.All(run.Ledger.Refused, refusal => Assert.Equal(StatusCodes.BadNodeIdUnknown, refusal.Status.Code));
        Assert.Equal(missing, run.Runner.Counters.RefusedItems);

        run.Server.Uris.Insert(1, "urn:machine:b");
        run.Server.Restart(TimeSpan.FromSeconds(1), keepsHistory: false, reorders: false);
        run.Advance(4);
        run.Settle();
        run.Stop();

        run.Check();
        Assert.Equal(run.Tags.Count, run.Runner.Counters.Items);
        Assert.Equal(missing, run.Ledger.Refused.Count);
    }

    [Fact]
    public void A_connection_that_stands_in_silence_is_given_up_and_said_to_be()
    {
        using var run = new ModelRun(seed: 15);
        run.Advance(3);
        run.Server.LoseSubscriptions();
        run.Server.LoseSessions(keepsSubscriptions: false);
        run.Server.Stall(TimeSpan.FromSeconds(6));
        run.Advance(10);
        run.Settle();
        run.Stop();

        run.Check();
        Assert.Contains(run.Ledger.Spans, span => span.Cause is LossCause.ServerSilent or LossCause.SubscriptionLost);
        Assert.Contains(RunnerState.Connecting, run.Events.States.Skip(1));
    }

    [Fact]
    public void A_full_sink_withholds_publish_requests_and_what_overflows_meanwhile_is_told()
    {
        using var run = new ModelRun(seed: 16, change: tag => tag with { QueueSize = 3 });
        run.Advance(2);
        run.Ledger.HasRoom = false;
        run.Advance(1);
        var before = run.Runner.Counters.Values;
        run.Advance(20);
        Assert.Equal(before, run.Runner.Counters.Values);

        run.Settle();
        run.Stop();

        run.Check();
        Assert.Equal(1, run.Server.Calls["CreateSubscriptionRequest"]);
        Assert.True(run.Server.Calls["ModifySubscriptionRequest"] > 0);
        Assert.All(run.Ledger.Spans, span => Assert.Equal(LossCause.QueueOverflow, span.Cause));
        Assert.True(run.Runner.Counters.Overflows > 0);
    }

    [Fact]
    public void No_more_publish_requests_wait_than_the_server_takes()
    {
        using var run = new ModelRun(seed: 17, prepare: server => server.PublishRequestsMax = 1);
        run.Advance(5);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.True(run.Server.Calls["PublishRequest"] < 250);
    }

    [Fact]
    public void A_tag_at_rest_is_read_to_be_sure_and_only_its_own_answer_is_delivered()
    {
        using var run = new ModelRun(
            seed: 18, change: tag => tag with { ConfirmAfter = TimeSpan.FromSeconds(1) },
            prepare: server => server.Liveliness = 0);
        run.Advance(5);
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.InRange(run.Ledger.Counts[ValueOrigin.Confirmed], 3 * run.Tags.Count, 5 * run.Tags.Count);
        Assert.Equal(run.Tags.Count, run.Ledger.Counts[ValueOrigin.Live]);
    }

    [Fact]
    public void A_tag_that_falls_silent_is_reported_once_and_again_when_it_speaks()
    {
        using var run = new ModelRun(
            seed: 19, nodeCount: 2, change: tag => tag with { SilentAfter = TimeSpan.FromSeconds(1) });
        run.Advance(3);
        Assert.Empty(run.Events.Silent);

        run.Server.Liveliness = 0;
        run.Advance(3);
        Assert.Equal(run.Tags.Select(tag => tag.Handle), run.Events.Silent);

        run.Server.Liveliness = 1;
        run.Advance(1);
        Assert.Equal(run.Events.Silent, run.Events.Speaking);
        run.Stop();
    }

    [Fact]
    public void Attempts_to_connect_keep_their_distance()
    {
        using var run = new ModelRun(
            seed: 20,
            settings: ModelRun.Settings with
            {
                ConnectDelayMin = TimeSpan.FromSeconds(1),
                ConnectDelayMax = TimeSpan.FromSeconds(8),
            },
            prepare: server => server.Restart(TimeSpan.FromSeconds(60), keepsHistory: false, reorders: false));
        run.Advance(59);

        Assert.InRange(run.Server.ConnectAttempts, 7, 16);
        Assert.Equal(run.Server.ConnectAttempts, run.Events.Failures.Count);
        run.Stop();
    }

    [Fact]
    public void A_server_that_was_not_there_at_first_leaves_a_span_from_the_beginning()
    {
        using var run = new ModelRun(
            seed: 21, prepare: server => server.Restart(TimeSpan.FromSeconds(3), keepsHistory: false, reorders: false));
        run.Advance(6);
        run.Settle();
        run.Stop();

        run.Check();
        var span = Assert.Single(run.Ledger.Spans);
        Assert.Equal(LossCause.ConnectionLost, span.Cause);
        Assert.InRange(span.To.Ticks - span.From.Ticks, TimeSpan.FromSeconds(3).Ticks, TimeSpan.FromSeconds(5).Ticks);
    }

    [Fact]
    public void Stopped_in_an_outage_a_runner_says_what_it_owes()
    {
        using var run = new ModelRun(seed: 22);
        run.Advance(3);
        run.Server.Restart(TimeSpan.FromSeconds(60), keepsHistory: false, reorders: false);
        run.Advance(3);
        run.Stop();

        run.Check();
        var span = Assert.Single(run.Ledger.Spans);
        Assert.InRange(span.To.Ticks - span.From.Ticks, TimeSpan.FromSeconds(2.9).Ticks, TimeSpan.FromSeconds(4).Ticks);
    }

    [Fact]
    public void Lost_messages_are_fetched_again()
    {
        using var run = new ModelRun(seed: 23, change: tag => tag with { QueueSize = 1_000 });
        run.Advance(1);
        run.Server.Loss = 0.1;
        run.Advance(5);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.Empty(run.Ledger.Spans);
        Assert.True(run.Runner.Counters.Resent > 0);
    }

    [Fact]
    public void Overtaken_messages_are_put_in_order()
    {
        using var run = new ModelRun(seed: 24);
        Dictionary<uint, long> latest = [];
        run.Ledger.OnTake = (values, origin) =>
        {
            for (var row = 0; row < values.Count; row++)
            {
                var (handle, time) = (values.Handles[row], values.SourceTimes[row].Ticks);
                Assert.True(time >= latest.GetValueOrDefault(handle));
                latest[handle] = time;
            }
        };
        run.Advance(1);
        run.Server.Delay = 0.5;
        run.Advance(10);
        run.Settle();
        run.Stop();

        Assert.Equal(0, run.Check());
        Assert.True(run.Runner.Counters.OutOfOrder > 0);
    }

    [Fact]
    public void Polling_resolves_the_nodes_of_a_restarted_server_anew_and_tells_the_hole()
    {
        using var run = new ModelRun(
            seed: 26, change: tag => tag with { SamplingInterval = TimeSpan.FromMilliseconds(100) },
            prepare: server => server.KnowsSubscriptions = false);
        run.Advance(2);
        for (var restart = 0; restart < 5; restart++)
        {
            run.Server.Restart(TimeSpan.FromSeconds(1), keepsHistory: false, reorders: true);
            run.Advance(3);
        }

        run.Stop();
        Assert.Equal(5, run.Ledger.Spans.Count(span => span.Cause == LossCause.ConnectionLost));
        Assert.All(run.Ledger.Delivered, value =>
        {
            var node = run.Nodes[run.Tags.ToList().FindIndex(tag => tag.Handle == value.Handle)];
            Assert.Equal(ModelNode.ValueOf(node.Uri, node.Id, value.Time), value.Value);
        });
    }

    [Fact]
    public void Two_tags_of_one_handle_are_refused()
    {
        using var run = new ModelRun(seed: 25);
        MonitoredTag[] tags = [run.Tags[0], run.Tags[0]];

        Assert.Throws<ArgumentException>(() => new SubscriptionRunner(
            run.Server.ConnectAsync, tags, new(), run.Ledger, run.Clock, run.Events, () => 0));
        run.Stop();
    }
}
