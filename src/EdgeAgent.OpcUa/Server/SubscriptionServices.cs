using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Subscriptions without their publishing (Part 4, 5.14.2 to 5.14.4, 5.14.7 and 5.14.8).</summary>
internal sealed class SubscriptionServices(ServerState state, PublishServices publishing, MonitoredItemServices items)
{
    // What a client gets that asks for no bound on the values of a message: the size of the message bounds them.
    private const int Unbounded = int.MaxValue;

    // Part 4, 5.14.2.2: a lifetime is at least three keep-alives.
    private const uint LifetimeFactor = 3;

    // A keep-alive after more intervals than this would be none.
    private const uint MaxKeepAliveCount = 10_000;

    public CreateSubscriptionResponse Create(ServerSession session, CreateSubscriptionRequest request)
    {
        if (session.Subscriptions.Count >= state.Limits.SubscriptionsPerSession)
        {
            throw new OpcUaException(
                StatusCodes.BadTooManySubscriptions, $"The session has {session.Subscriptions.Count} subscriptions.");
        }

        var subscription = new ServerSubscription(state.NextId(), state.Limits.RetransmissionMessages)
        {
            Session = session,
            User = session.User!,
            IsEnabled = request.PublishingEnabled,
        };
        Revise(
            subscription, request.RequestedPublishingInterval, request.RequestedLifetimeCount,
            request.RequestedMaxKeepAliveCount, request.MaxNotificationsPerPublish, request.Priority);
        subscription.Due = state.RanTo + subscription.PublishingInterval;
        state.Subscriptions.Add(subscription.Id, subscription);
        session.Subscriptions.Add(subscription);
        return new()
        {
            SubscriptionId = subscription.Id,
            RevisedPublishingInterval = Milliseconds(subscription.PublishingInterval),
            RevisedLifetimeCount = subscription.LifetimeCount,
            RevisedMaxKeepAliveCount = subscription.KeepAliveCount,
        };
    }

    public ModifySubscriptionResponse Modify(ServerSession session, ModifySubscriptionRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        Revise(
            subscription, request.RequestedPublishingInterval, request.RequestedLifetimeCount,
            request.RequestedMaxKeepAliveCount, request.MaxNotificationsPerPublish, request.Priority);
        subscription.Due = state.RanTo + subscription.PublishingInterval;
        return new()
        {
            RevisedPublishingInterval = Milliseconds(subscription.PublishingInterval),
            RevisedLifetimeCount = subscription.LifetimeCount,
            RevisedMaxKeepAliveCount = subscription.KeepAliveCount,
        };
    }

    public SetPublishingModeResponse SetPublishingMode(ServerSession session, SetPublishingModeRequest request)
    {
        state.CheckOperations(request.SubscriptionIds.Count);
        return new()
        {
            Results = [.. request.SubscriptionIds.Select(
                id => OfEach(session, id, found => found.IsEnabled = request.PublishingEnabled))],
        };
    }

    public DeleteSubscriptionsResponse Delete(ServerSession session, DeleteSubscriptionsRequest request)
    {
        state.CheckOperations(request.SubscriptionIds.Count);
        var response = new DeleteSubscriptionsResponse
        {
            Results = [.. request.SubscriptionIds.Select(id => OfEach(session, id, state.Remove))],
        };
        publishing.RefuseIfIdle(session);
        return response;
    }

    public TransferSubscriptionsResponse Transfer(ServerSession session, TransferSubscriptionsRequest request)
    {
        state.CheckOperations(request.SubscriptionIds.Count);
        return new()
        {
            Results = [.. request.SubscriptionIds.Select(id => Transfer(session, id, request.SendInitialValues))],
        };
    }

    private TransferResult Transfer(ServerSession session, uint id, bool sendsInitialValues)
    {
        if (!state.Subscriptions.TryGetValue(id, out var subscription))
        {
            return new() { StatusCode = StatusCodes.BadSubscriptionIdInvalid };
        }

        if (subscription.User != session.User)
        {
            return new() { StatusCode = StatusCodes.BadUserAccessDenied };
        }

        if (subscription.Session is { } before && before != session)
        {
            before.Subscriptions.Remove(subscription);
            publishing.EndSubscription(before, id, StatusCodes.GoodSubscriptionTransferred);
        }

        if (subscription.Session != session)
        {
            subscription.Session = session;
            session.Subscriptions.Add(subscription);
        }

        subscription.UnattendedIntervals = 0;
        if (sendsInitialValues)
        {
            items.Resend(subscription);
        }

        return new() { AvailableSequenceNumbers = subscription.Retransmission.ToArray() };
    }

    private ServerSubscription Find(ServerSession session, uint id) =>
        state.Subscriptions.TryGetValue(id, out var subscription) && subscription.Session == session
            ? subscription
            : throw new OpcUaException(StatusCodes.BadSubscriptionIdInvalid, "The session has no such subscription.");

    private StatusCode OfEach(ServerSession session, uint id, Action<ServerSubscription> action)
    {
        if (!state.Subscriptions.TryGetValue(id, out var subscription) || subscription.Session != session)
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }

        subscription.UnattendedIntervals = 0;
        action(subscription);
        return StatusCodes.Good;
    }

    private void Revise(
        ServerSubscription subscription, double interval, uint lifetime, uint keepAlive, uint maxNotifications,
        byte priority)
    {
        var clamped = double.IsNaN(interval) ? 0 : interval;
        subscription.PublishingInterval = (long)(Math.Clamp(
            clamped,
            state.Limits.ShortestPublishingInterval.TotalMilliseconds,
            state.Limits.LongestPublishingInterval.TotalMilliseconds) * TimeSpan.TicksPerMillisecond);
        subscription.KeepAliveCount = Math.Clamp(keepAlive, 1, MaxKeepAliveCount);
        subscription.LifetimeCount = Math.Max(lifetime, LifetimeFactor * subscription.KeepAliveCount);
        subscription.MaxNotifications =
            maxNotifications == 0 ? Unbounded : (int)Math.Min(maxNotifications, (uint)Unbounded);
        subscription.Priority = priority;
        subscription.UnattendedIntervals = 0;
    }

    private static double Milliseconds(long ticks) => TimeSpan.FromTicks(ticks).TotalMilliseconds;
}
