using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Publish and Republish, and what the publishing timer does (Part 4, 5.14.1 and 5.14.5 to 5.14.6).</summary>
internal sealed class PublishServices(ServerState state)
{
    // Room in a response for its header, sequence numbers, results and the end of the message.
    private const int ResponseOverhead = 4096;

    private readonly UaWriter _message = new(1 << 16);
    private readonly UaWriter _response = new(1 << 16);

    /// <summary>Values in notifications so far.</summary>
    public long SentValues { get; private set; }

    /// <summary>Takes a Publish request; it is answered now or later.</summary>
    /// <exception cref="OpcUaException">It is refused.</exception>
    public void Publish(ServerSession session, ServiceCall call, PublishRequest request)
    {
        var results = new StatusCode[request.SubscriptionAcknowledgements.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Acknowledge(session, request.SubscriptionAcknowledgements[i]);
        }

        if (session.Subscriptions.Count == 0 && session.StatusChanges.Count == 0)
        {
            throw new OpcUaException(StatusCodes.BadNoSubscription, "The session has no subscription.");
        }

        if (session.Publishes.Count >= state.Limits.PublishRequests)
        {
            Refuse(session, Take(session), StatusCodes.BadTooManyPublishRequests);
        }

        var deadline = call.Header.TimeoutHint == 0
            ? long.MaxValue
            : state.Clock.Elapsed + (call.Header.TimeoutHint * TimeSpan.TicksPerMillisecond);
        session.Publishes.AddLast(new PendingPublish(call.RequestId, call.Header.RequestHandle, results, deadline));
        foreach (var subscription in session.Subscriptions)
        {
            subscription.UnattendedIntervals = 0;
        }

        SendStatusChanges(session);
        while (CanSend(session) && LateSubscription(session) is { } late)
        {
            SendOne(late);
        }
    }

    public void Republish(ServerSession session, ServiceCall call, RepublishRequest request)
    {
        if (!state.Subscriptions.TryGetValue(request.SubscriptionId, out var subscription)
            || subscription.Session != session)
        {
            throw new OpcUaException(StatusCodes.BadSubscriptionIdInvalid, "The session has no such subscription.");
        }

        subscription.UnattendedIntervals = 0;
        if (!subscription.Retransmission.TryFind(request.RetransmitSequenceNumber, out var message))
        {
            throw new OpcUaException(StatusCodes.BadMessageNotAvailable, "The message is no longer kept.");
        }

        ResponseHead.Write(
            _response, RepublishResponse.EncodingId, state.Clock.Now, call.Header.RequestHandle, StatusCodes.Good);
        _response.WriteBytes(message);
        call.Connection.Respond(call.RequestId, _response.WrittenSpan);
    }

    /// <summary>The publishing timer of a subscription (Part 4, 5.14.1.2, figure 22).</summary>
    /// <returns>False: it has lived without a sign of its client for too long and is to be closed.</returns>
    public bool OnTimer(ServerSubscription subscription)
    {
        if (subscription.Session is not { } session || !CanSend(session))
        {
            subscription.SilentIntervals++;
            subscription.IsLate = subscription.HasNotifications() || IsKeepAliveDue(subscription);
            return ++subscription.UnattendedIntervals < subscription.LifetimeCount;
        }

        subscription.UnattendedIntervals = 0;
        subscription.SilentIntervals++;
        if (subscription.HasNotifications() || IsKeepAliveDue(subscription))
        {
            SendOne(subscription);
            while (subscription.HasNotifications() && CanSend(session))
            {
                SendOne(subscription);
            }

            subscription.IsLate = subscription.HasNotifications();
        }

        return true;
    }

    /// <summary>Tells a session that it no longer has a subscription: now, or with its next Publish.</summary>
    public void EndSubscription(ServerSession session, uint subscription, StatusCode status)
    {
        session.StatusChanges.Enqueue((subscription, status));
        SendStatusChanges(session);
    }

    /// <summary>Answers Publish requests whose client no longer waits.</summary>
    public void Expire(ServerSession session, long now)
    {
        while (session.Publishes.First is { } oldest && oldest.Value.Deadline <= now && session.Connection is not null)
        {
            Refuse(session, Take(session), StatusCodes.BadTimeout);
        }
    }

    public void RefuseAll(ServerSession session, StatusCode status)
    {
        while (session.Publishes.Count > 0)
        {
            Refuse(session, Take(session), status);
        }
    }

    /// <summary>Answers the Publish requests of a session that has lost its last subscription.</summary>
    public void RefuseIfIdle(ServerSession session)
    {
        if (session.Subscriptions.Count == 0)
        {
            RefuseAll(session, StatusCodes.BadNoSubscription);
        }
    }

    private static bool CanSend(ServerSession session) =>
        session.Publishes.Count > 0 && session.Connection is { HasRoom: true };

    private static bool IsKeepAliveDue(ServerSubscription subscription) =>
        !subscription.HasSent || subscription.SilentIntervals >= subscription.KeepAliveCount;

    private static ServerSubscription? LateSubscription(ServerSession session)
    {
        ServerSubscription? best = null;
        foreach (var subscription in session.Subscriptions)
        {
            if (subscription.IsLate
                && (best is null || subscription.Priority > best.Priority
                    || (subscription.Priority == best.Priority && subscription.SilentIntervals > best.SilentIntervals)))
            {
                best = subscription;
            }
        }

        return best;
    }

    private static PendingPublish Take(ServerSession session)
    {
        var oldest = session.Publishes.First!.Value;
        session.Publishes.RemoveFirst();
        return oldest;
    }

    private StatusCode Acknowledge(ServerSession session, SubscriptionAcknowledgement acknowledgement)
    {
        if (!state.Subscriptions.TryGetValue(acknowledgement.SubscriptionId, out var subscription)
            || subscription.Session != session)
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }

        return subscription.Retransmission.Acknowledge(acknowledgement.SequenceNumber)
            ? StatusCodes.Good
            : StatusCodes.BadSequenceNumberUnknown;
    }

    /// <summary>Answers a waiting Publish request with what there is: values, or a keep-alive.</summary>
    private void SendOne(ServerSubscription subscription)
    {
        var session = subscription.Session!;
        var publish = Take(session);
        var now = state.Clock.Now;
        _message.Reset();
        var sequence = subscription.NextSequence;
        if (subscription.HasNotifications())
        {
            SentValues += NotificationWriter.WriteDataChange(
                _message, sequence, now, subscription.Ready, subscription.MaxNotifications,
                session.MaxMessageBytes - ResponseOverhead);
            subscription.TakeSequence();
            subscription.Retransmission.Add(sequence, _message.WrittenSpan);
        }
        else
        {
            NotificationWriter.WriteKeepAlive(_message, sequence, now);
        }

        subscription.SilentIntervals = 0;
        if (state.Faults.NotificationsToLose > 0 && subscription.NextSequence != sequence)
        {
            // It is kept for Republish; the request stays for the message after it.
            state.Faults.NotificationsToLose--;
            session.Publishes.AddFirst(publish);
            return;
        }

        subscription.HasSent = true;
        subscription.IsLate = subscription.HasNotifications();
        Send(session, publish, subscription.Id, subscription.Retransmission, subscription.IsLate, now);
    }

    private void SendStatusChanges(ServerSession session)
    {
        while (session.StatusChanges.Count > 0 && CanSend(session))
        {
            var (subscription, status) = session.StatusChanges.Dequeue();
            var now = state.Clock.Now;
            _message.Reset();
            NotificationWriter.WriteStatusChange(_message, 1, now, status);
            Send(session, Take(session), subscription, null, false, now);
        }
    }

    private void Send(
        ServerSession session, PendingPublish publish, uint subscription, RetransmissionQueue? available, bool more,
        UaDateTime now)
    {
        ResponseHead.Write(_response, PublishResponse.EncodingId, now, publish.RequestHandle, StatusCodes.Good);
        _response.WriteUInt32(subscription);
        _response.WriteInt32(available?.Count ?? 0);
        for (var i = 0; i < (available?.Count ?? 0); i++)
        {
            _response.WriteUInt32(available![i]);
        }

        _response.WriteBoolean(more);
        _response.WriteBytes(_message.WrittenSpan);
        _response.WriteStatusCodes(publish.Results);
        _response.WriteInt32(0);
        session.Connection!.Respond(publish.RequestId, _response.WrittenSpan);
    }

    private void Refuse(ServerSession session, PendingPublish publish, StatusCode status)
    {
        ResponseHead.WriteFault(_response, state.Clock.Now, publish.RequestHandle, status);
        session.Connection?.Respond(publish.RequestId, _response.WrittenSpan);
    }
}
