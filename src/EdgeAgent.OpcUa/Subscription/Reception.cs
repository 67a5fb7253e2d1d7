using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Decides what to do with each notification message: deliver, hold back until those before it have come, or drop. Under
/// the runner's gate; no I/O.
/// </summary>
internal sealed class Reception(TagStates tags, Delivery delivery, RunnerCounters counters, TimeProvider clock)
{
    // Values of devices at rest may be old for another reason than lateness.
    private static readonly TimeSpan LagMax = TimeSpan.FromSeconds(10);

    // What is kept of a lag with each message: after some twenty on-time messages it is forgotten.
    private const double LagKept = 7.0 / 8;

    private readonly Dictionary<uint, ActiveSubscription> _byId = [];
    private readonly Stack<ValueColumns> _spare = [];

    // What an item says first may be as old as it likes; before we began nobody waited for it.
    private readonly UaDateTime _began = UaDateTime.From(clock.GetUtcNow());
    private UaDateTime _serverTime;
    private long _serverTimeAt;

    /// <summary>What the next Publish request will acknowledge.</summary>
    public List<SubscriptionAcknowledgement> Acknowledgements { get; } = [];

    /// <summary>Whether the server has just said that more waits than fitted.</summary>
    public bool IsMoreWaiting { get; private set; }

    public IReadOnlyCollection<ActiveSubscription> Subscriptions => _byId.Values;

    /// <summary>The server has told of a subscription that we do not have; 0 if it has not.</summary>
    public uint Orphan { get; set; }

    /// <summary>Messages held back.</summary>
    public int Held { get; private set; }

    /// <summary>The server's clock as far as we know, ours before it has said anything.</summary>
    public UaDateTime ServerNow => _serverTime.IsNone
        ? UaDateTime.From(clock.GetUtcNow())
        : new(_serverTime.Ticks + clock.GetElapsedTime(_serverTimeAt).Ticks);

    public void Add(ActiveSubscription subscription) => _byId[subscription.Id] = subscription;

    public void Remove(ActiveSubscription subscription)
    {
        _byId.Remove(subscription.Id);
        Acknowledgements.RemoveAll(acknowledgement => acknowledgement.SubscriptionId == subscription.Id);
        foreach (var message in subscription.Held)
        {
            Release(message.Values);
        }

        subscription.Held.Clear();
    }

    /// <summary>A response says what time it is at the server.</summary>
    public void ServerSays(UaDateTime time)
    {
        if (!time.IsNone && !time.IsOutOfRange)
        {
            (_serverTime, _serverTimeAt) = (time, clock.GetTimestamp());
        }
    }

    /// <summary>Takes a response to Publish.</summary>
    /// <returns>The columns for the next response: the same, unless they are held back.</returns>
    public ValueColumns Accept(PublishResponseReader response, ValueColumns values)
    {
        ServerSays(response.Timestamp);
        IsMoreWaiting = response.MoreNotifications;
        if (!_byId.TryGetValue(response.SubscriptionId, out var subscription))
        {
            Orphan = response.SubscriptionId;
            return values;
        }

        subscription.HeardAt = clock.GetTimestamp();
        subscription.Available.Clear();
        foreach (var number in response.AvailableSequenceNumbers)
        {
            subscription.Available.Add(number);
        }

        AcknowledgeAgain(subscription);
        var publishTime = response.PublishTime.IsNone ? response.Timestamp : response.PublishTime;
        if (response.IsKeepAlive)
        {
            counters.AddKeepAlive();
            subscription.Sequence.Announce(response.SequenceNumber);
            if (subscription.Sequence.Missing == 0)
            {
                subscription.CompleteTime = publishTime;
            }
        }
        else
        {
            values = Message(
                subscription,
                new(
                    response.SequenceNumber, publishTime, !response.MoreNotifications, response.StatusChange,
                    ValueOrigin.Live, values));
        }

        NoteMissing(subscription);
        return values;
    }

    /// <summary>Takes a response to Republish.</summary>
    /// <returns>The columns for the next response.</returns>
    public ValueColumns AcceptResent(
        ActiveSubscription subscription, PublishResponseReader response, ValueColumns values)
    {
        ServerSays(response.Timestamp);
        subscription.HeardAt = clock.GetTimestamp();
        counters.AddResent();
        values = Message(
            subscription,
            new(
                response.SequenceNumber, response.PublishTime, IsComplete: false, response.StatusChange,
                ValueOrigin.Resent, values));
        NoteMissing(subscription);
        return values;
    }

    /// <summary>
    /// The next message will not come. A hole begins, unless one has, and what was held back behind it is delivered.
    /// </summary>
    public void GiveUpNext(ActiveSubscription subscription, uint upTo)
    {
        subscription.Hole ??= new(
            HoleFrom(subscription), LossCause.MessagesLost,
            "Notification messages were lost on the way, and the server could not send them again.");
        subscription.Sequence.SkipTo(upTo);
        Drain(subscription);
        NoteMissing(subscription);
    }

    /// <summary>From when on values are missing if nothing after the last message came.</summary>
    public UaDateTime HoleFrom(ActiveSubscription subscription) =>
        subscription.CompleteTime.IsNone ? ServerNow
        : tags.IsAnyUnheard(subscription) ? _began
        : new(subscription.CompleteTime.Ticks - Math.Max(subscription.Sampling.Ticks, subscription.Lag.Ticks));

    // Returns the columns that may be used again.
    private ValueColumns Message(ActiveSubscription subscription, HeldMessage message)
    {
        switch (subscription.Sequence.Judge(message.Number))
        {
            case SequenceVerdict.InOrder:
                Deliver(subscription, message);
                subscription.Sequence.Advance();
                Drain(subscription);
                return message.Values;
            case SequenceVerdict.Unordered:
                Deliver(subscription, message);
                return message.Values;
            case SequenceVerdict.Early when !subscription.Held.Exists(held => held.Number == message.Number):
                counters.AddOutOfOrder();
                subscription.Held.Add(message);
                Held++;
                return _spare.Count > 0 ? _spare.Pop() : new();
            default:
                counters.AddDuplicate();
                Acknowledge(subscription, message.Number);
                return message.Values;
        }
    }

    private void Drain(ActiveSubscription subscription)
    {
        while (subscription.Held.FindIndex(held => held.Number == subscription.Sequence.Next) is >= 0 and var index)
        {
            var message = subscription.Held[index];
            subscription.Held.RemoveAt(index);
            Deliver(subscription, message);
            subscription.Sequence.Advance();
            Release(message.Values);
        }
    }

    private void Deliver(ActiveSubscription subscription, HeldMessage message)
    {
        counters.AddMessage();
        var newest = delivery.Take(
            message.Values, subscription.Number, message.PublishTime, clock.GetTimestamp(), message.Origin);
        NoteLag(subscription, message.PublishTime, newest);
        Acknowledge(subscription, message.Number);
        if (message.IsComplete)
        {
            subscription.CompleteTime = message.PublishTime;
        }

        if (message.StatusChange is { } status && (status.IsBad || status.Code == StatusCodes.GoodSubscriptionTransferred))
        {
            subscription.Ended = status;
        }
    }

    // A server that is late, or whose devices are, reports values older than its last report: holes must begin before them.
    private static void NoteLag(ActiveSubscription subscription, UaDateTime publishTime, UaDateTime newest)
    {
        if (!newest.IsNone && !publishTime.IsNone)
        {
            var lag = TimeSpan.FromTicks(Math.Clamp(publishTime.Ticks - newest.Ticks, 0, LagMax.Ticks));
            var before = subscription.Lag * LagKept;
            subscription.Lag = lag > before ? lag : before;
        }
    }

    private void Acknowledge(ActiveSubscription subscription, uint number)
    {
        if (number != 0)
        {
            Acknowledgements.Add(new() { SubscriptionId = subscription.Id, SequenceNumber = number });
        }
    }

    private void AcknowledgeAgain(ActiveSubscription subscription)
    {
        if (!subscription.AcknowledgesAgain)
        {
            return;
        }

        subscription.AcknowledgesAgain = false;
        foreach (var number in subscription.Available)
        {
            if (number != subscription.Sequence.Next && !subscription.Sequence.Ahead(number))
            {
                Acknowledge(subscription, number);
            }
        }
    }

    private void NoteMissing(ActiveSubscription subscription) => subscription.MissingSince =
        subscription.Sequence.Missing == 0 ? null : subscription.MissingSince ?? clock.GetTimestamp();

    private void Release(ValueColumns values)
    {
        Held--;
        _spare.Push(values);
    }
}
