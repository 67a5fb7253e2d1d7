using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class PublishServicesTests : IDisposable
{
    private readonly ServerRig _rig = new();
    private readonly int _counter;

    public PublishServicesTests()
    {
        _counter = _rig.AddCounter();
        _rig.Open();
        _rig.Core.Every(TimeSpan.FromMilliseconds(10), now => _rig.Space.CountUp([_counter], now));
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_publish_without_a_subscription_is_refused() =>
        Assert.Equal(
            new StatusCode(StatusCodes.BadNoSubscription),
            _rig.Fault<PublishRequest, PublishResponse>(new() { RequestHeader = _rig.Header }));

    [Fact]
    public void Every_change_is_published_once_and_in_order()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 20);
        var seen = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            var request = _rig.Publish();
            _rig.Advance(100);
            seen.AddRange(ServerRig.ValuesOf(_rig.Answer(request)).Select(one => one.Value.Value.Bits));
        }

        Assert.Equal(Enumerable.Range(0, seen.Count).Select(i => (long)i), seen);
        Assert.InRange(seen.Count, 200, 202);
    }

    [Fact]
    public void A_value_has_the_time_of_its_change_and_of_its_sampling()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 20, handle: 1234);
        var request = _rig.Publish();
        var start = _rig.Now;

        _rig.Advance(100);

        var values = ServerRig.ValuesOf(_rig.Answer(request));
        Assert.All(values, one => Assert.Equal(1234u, one.ClientHandle));
        Assert.Equal(
            Enumerable.Range(1, values.Count - 1).Select(i => new UaDateTime(start.Ticks + (i * 100_000L))),
            values.Skip(1).Select(one => one.Value.SourceTime));
        Assert.All(values.Skip(1), one => Assert.Equal(one.Value.SourceTime, one.Value.ServerTime));
    }

    [Fact]
    public void An_overflow_shows_in_the_first_value_that_is_left()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 3);
        var request = _rig.Publish();

        _rig.Advance(100);

        var values = ServerRig.ValuesOf(_rig.Answer(request));
        Assert.Equal([true, false, false], values.Select(one => one.Value.Status.HasOverflow));
    }

    [Fact]
    public void The_first_message_comes_at_once_and_keep_alives_after_their_count()
    {
        var subscription = _rig.Subscribe(interval: 100, keepAlive: 3);
        var first = _rig.Publish();
        _rig.Advance(100);
        var firstAnswer = _rig.Answer(first);
        Assert.Empty(ServerRig.ValuesOf(firstAnswer));
        Assert.Equal((subscription, 1u), (firstAnswer!.SubscriptionId, firstAnswer.NotificationMessage.SequenceNumber));

        var second = _rig.Publish();
        _rig.Advance(200);
        Assert.Null(_rig.Answer(second));
        _rig.Advance(100);
        Assert.Empty(ServerRig.ValuesOf(_rig.Answer(second)));
    }

    [Fact]
    public void A_late_subscription_answers_the_next_publish_at_once()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 100);
        _rig.Advance(500);

        var values = ServerRig.ValuesOf(_rig.Answer(_rig.Publish()));

        Assert.InRange(values.Count, 50, 52);
    }

    [Fact]
    public void A_long_queue_is_cut_into_messages_of_the_agreed_length()
    {
        var subscription = _rig.Subscribe(maxNotifications: 7);
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 100);
        var requests = Enumerable.Range(0, 10).Select(_ => _rig.Publish()).ToArray();

        _rig.Advance(100);
        _rig.Advance(100);

        var answers = requests.Select(_rig.Answer).OfType<PublishResponse>().ToList();
        Assert.All(answers, answer => Assert.InRange(ServerRig.ValuesOf(answer).Count, 1, 7));
        Assert.Contains(answers, answer => answer.MoreNotifications);
        Assert.Equal(
            Enumerable.Range(1, answers.Count).Select(i => (uint)i),
            answers.Select(answer => answer.NotificationMessage.SequenceNumber));
        Assert.InRange(answers.Sum(answer => ServerRig.ValuesOf(answer).Count), 19, 22);
    }

    [Fact]
    public void No_message_is_larger_than_the_client_takes()
    {
        _rig.Connection.MaxMessageBytes = 8192;
        var subscription = _rig.Subscribe();
        for (var i = 0; i < 20; i++)
        {
            _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 100, handle: (uint)i);
        }

        var requests = Enumerable.Range(0, 10).Select(_ => _rig.Publish()).ToArray();
        _rig.Advance(500);

        Assert.All(_rig.Connection.Answers.Values, answer => Assert.InRange(answer.Length, 1, 8192));
        var answers = requests.Select(_rig.Answer).OfType<PublishResponse>();
        Assert.True(answers.Sum(answer => ServerRig.ValuesOf(answer).Count) > 500);
    }

    [Fact]
    public void What_is_not_acknowledged_can_be_had_again()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 100);
        var request = _rig.Publish();
        _rig.Advance(100);
        var answer = _rig.Answer(request)!;
        Assert.Equal([1u], answer.AvailableSequenceNumbers);

        var again = Republish(subscription, 1);
        Assert.Equal(answer.NotificationMessage.NotificationData[0].Body, again.NotificationData[0].Body);
        Assert.Equal(answer.NotificationMessage.PublishTime, again.PublishTime);

        var next = _rig.Publish(
            new SubscriptionAcknowledgement { SubscriptionId = subscription, SequenceNumber = 1 },
            new SubscriptionAcknowledgement { SubscriptionId = subscription, SequenceNumber = 9 });
        _rig.Advance(100);
        var nextAnswer = _rig.Answer(next)!;
        Assert.Equal([StatusCode.Good, new StatusCode(StatusCodes.BadSequenceNumberUnknown)], nextAnswer.Results);
        Assert.Equal([2u], nextAnswer.AvailableSequenceNumbers);
        Assert.Equal(
            new StatusCode(StatusCodes.BadMessageNotAvailable),
            Assert.Throws<OpcUaException>(() => Republish(subscription, 1)).Status);
    }

    [Fact]
    public void The_oldest_messages_give_way_when_too_many_are_kept()
    {
        using var rig = new ServerRig(new() { Limits = new() { RetransmissionMessages = 2 } });
        var counter = rig.AddCounter();
        rig.Open();
        rig.Core.Every(TimeSpan.FromMilliseconds(10), now => rig.Space.CountUp([counter], now));
        rig.Monitor(rig.Subscribe(), rig.Id("Counter"));
        PublishResponse? answer = null;
        for (var i = 0; i < 5; i++)
        {
            var request = rig.Publish();
            rig.Advance(100);
            answer = rig.Answer(request);
        }

        Assert.Equal([4u, 5u], answer!.AvailableSequenceNumbers);
    }

    [Fact]
    public void A_client_that_never_publishes_loses_its_subscription_and_is_told_why()
    {
        var other = _rig.Subscribe(interval: 100, keepAlive: 1, lifetime: 1_000);
        var subscription = _rig.Subscribe(interval: 100, keepAlive: 1, lifetime: 3);
        _rig.Advance(250);
        Assert.Equal(2, _rig.Core.State.Subscriptions.Count);

        _rig.Advance(100);

        Assert.Equal([other], _rig.Core.State.Subscriptions.Keys);
        var told = _rig.Answer(_rig.Publish())!;
        Assert.Equal(subscription, told.SubscriptionId);
        Assert.Equal(
            new StatusCode(StatusCodes.BadTimeout),
            told.NotificationMessage.NotificationData[0].As<StatusChangeNotification>(DecodingLimits.Default)!.Status);
    }

    [Fact]
    public void A_publish_request_that_waited_too_long_is_answered_with_a_timeout()
    {
        _rig.Subscribe(keepAlive: 100);
        var first = _rig.Publish();
        _rig.Advance(100);
        Assert.NotNull(_rig.Answer(first));

        var request = _rig.Send(new PublishRequest { RequestHeader = _rig.Header with { TimeoutHint = 300 } });
        _rig.Advance(600);

        Assert.Equal(
            new StatusCode(StatusCodes.BadTimeout), Assert.Throws<OpcUaException>(() => _rig.Answer(request)).Status);
    }

    [Fact]
    public void Too_many_waiting_requests_push_out_the_oldest()
    {
        using var rig = new ServerRig(new() { Limits = new() { PublishRequests = 2 } });
        rig.Open();
        rig.Subscribe();
        var oldest = rig.Publish();
        rig.Publish();
        rig.Publish();

        Assert.Equal(
            new StatusCode(StatusCodes.BadTooManyPublishRequests),
            Assert.Throws<OpcUaException>(() => rig.Answer(oldest)).Status);
    }

    [Fact]
    public void A_client_that_does_not_read_gets_nothing_until_it_does()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 5);
        var request = _rig.Publish();
        _rig.Connection.HasRoom = false;
        _rig.Advance(300);
        Assert.Null(_rig.Answer(request));

        _rig.Connection.HasRoom = true;
        _rig.Advance(100);

        Assert.Equal(5, ServerRig.ValuesOf(_rig.Answer(request)).Count);
    }

    [Fact]
    public void A_lost_message_leaves_a_gap_that_republish_fills()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"), sampling: 10, queue: 100);
        var request = _rig.Publish();
        _rig.Core.State.Faults.NotificationsToLose = 1;
        _rig.Advance(100);
        Assert.Null(_rig.Answer(request));
        _rig.Advance(100);

        var answer = _rig.Answer(request)!;

        Assert.Equal(2u, answer.NotificationMessage.SequenceNumber);
        var lost = Republish(subscription, 1).NotificationData[0].As<DataChangeNotification>(DecodingLimits.Default)!;
        Assert.Equal(
            lost.MonitoredItems[^1].Value.Value.Bits + 1, ServerRig.ValuesOf(answer)[0].Value.Value.Bits);
    }

    [Fact]
    public void Sampling_and_publishing_allocate_nothing_for_each_value()
    {
        const int Items = 1_000;
        using var rig = new ServerRig();
        var nodes = Enumerable.Range(0, Items).Select(i => rig.AddCounter($"C{i}")).ToArray();
        rig.Open();
        rig.Core.Every(TimeSpan.FromMilliseconds(10), now => rig.Space.CountUp(nodes, now));
        var subscription = rig.Subscribe(interval: 10);
        foreach (var i in Enumerable.Range(0, Items))
        {
            rig.Monitor(subscription, rig.Id($"C{i}"), sampling: 10, queue: 10);
        }

        rig.Connection.IsCounting = true;
        var last = 0u;
        void Round()
        {
            var acknowledged = last;
            rig.Publish(
                new SubscriptionAcknowledgement { SubscriptionId = subscription, SequenceNumber = acknowledged });
            rig.Clock.Advance(TimeSpan.FromMilliseconds(10));
            last++;
        }

        for (var i = 0; i < 20; i++)
        {
            Round();
        }

        var answers = rig.Connection.AnswerCount;
        var bytes = AllocatedBytes.Of(Round);

        Assert.Equal(8, rig.Connection.AnswerCount - answers);
        Assert.InRange(bytes, 0, 8 * Items / 2); // The request and its answer, but less than a byte or so for a value.
    }

    private NotificationMessage Republish(uint subscription, uint number) =>
        _rig.Call<RepublishRequest, RepublishResponse>(new()
        {
            RequestHeader = _rig.Header,
            SubscriptionId = subscription,
            RetransmitSequenceNumber = number,
        }).NotificationMessage;
}
