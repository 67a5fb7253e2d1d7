using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Keeps Publish requests waiting at the server and passes their answers on, over one connection. Answers come on its
/// receive loop; nothing is allocated for a value.
/// </summary>
internal sealed class PublishPump(RunnerContext context, ISessionPort port, PumpDepth depth) : ResponseHandler
{
    // A request that waits at the server is given up after so many silent keep-alive times: the watch acts before.
    private const int KeepAlivesInTimeout = 4;

    private readonly PublishResponseReader _reader = new();
    private ValueColumns _columns = new();
    private bool _isStopped;

    /// <summary>Requests that have no answer yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether requests are held back because the sink has no room.</summary>
    public bool IsWithheld { get; private set; }

    /// <summary>The server has said that this session has no subscription.</summary>
    public bool HasNoSubscription { get; set; }

    /// <summary>The server has said something that ends the session.</summary>
    public OpcUaException? SessionFailure { get; private set; }

    /// <summary>A notification message was too large for either side.</summary>
    public bool IsTooLarge { get; set; }

    /// <summary>Of a call that does not wait; set by the runner.</summary>
    public TimeSpan RoundTrip { get; set; }

    /// <summary>Sends as many requests as should be waiting and are not.</summary>
    public void TopUp()
    {
        while (Next() is { } request)
        {
            try
            {
                port.Post(request, this, Timeout());
            }
            catch (OpcUaException failure)
            {
                OnFailure(failure);
                return;
            }
        }
    }

    /// <summary>Answers that still come are not looked at.</summary>
    public void Stop()
    {
        lock (context.Gate)
        {
            _isStopped = true;
        }
    }

    public override void OnResponse(uint encodingId, ref UaReader body)
    {
        if (encodingId != PublishResponse.EncodingId)
        {
            var fault = ResponseHeader.Decode(ref body);
            OnFailure(new(fault.ServiceResult, "Publish was refused."));
            return;
        }

        lock (context.Gate)
        {
            if (_isStopped)
            {
                return;
            }

            _reader.ReadPublish(ref body, _columns);
            if (_reader.ServiceResult.IsBad)
            {
                OnFailure(new(_reader.ServiceResult, "Publish was refused."));
                return;
            }

            Waiting--;
            _columns = context.Reception.Accept(_reader, _columns);
            if (NeedsAttention())
            {
                context.Signal.Set();
            }
        }

        TopUp();
    }

    public override void OnFailure(OpcUaException failure)
    {
        lock (context.Gate)
        {
            Waiting--;
            if (_isStopped)
            {
                return;
            }

            switch (failure.Status.Code)
            {
                case StatusCodes.BadTooManyPublishRequests:
                    depth.Refused(Waiting);
                    return;
                case StatusCodes.BadNoSubscription:
                    HasNoSubscription = true;
                    break;
                case var code when OutageSteps.IsSessionGone(code):
                    SessionFailure ??= failure;
                    break;
                case var code when BatchSize.IsTooMuch(code):
                    IsTooLarge = true;
                    break;
            }
        }

        // The runner sends the next one: a server that refuses at once is not asked again at once.
        context.Signal.Set();
    }

    private bool NeedsAttention()
    {
        foreach (var subscription in context.Reception.Subscriptions)
        {
            if (subscription.MissingSince is not null || subscription.Ended is not null)
            {
                return true;
            }
        }

        return false;
    }

    private PublishRequest? Next()
    {
        lock (context.Gate)
        {
            var reception = context.Reception;
            if (_isStopped || reception.Subscriptions.Count == 0)
            {
                return null;
            }

            if (!context.Sink.HasRoom)
            {
                if (!IsWithheld)
                {
                    IsWithheld = true;
                    context.Counters.AddWithheld();
                    context.Signal.Set();
                }

                return null;
            }

            IsWithheld = false;

            // What is held back takes the place of requests: memory stays bounded however the answers come.
            var target = depth.Target(
                reception.Subscriptions.Count, ShortestInterval(), RoundTrip, reception.IsMoreWaiting);
            if (Waiting >= target || Waiting + reception.Held >= context.Settings.PublishRequestsMax + target)
            {
                return null;
            }

            Waiting++;
            return new() { RequestHeader = port.Header, SubscriptionAcknowledgements = TakeAcknowledgements() };
        }
    }

    private SubscriptionAcknowledgement[] TakeAcknowledgements()
    {
        var acknowledgements = context.Reception.Acknowledgements;
        if (acknowledgements.Count == 0)
        {
            return [];
        }

        SubscriptionAcknowledgement[] sending = [.. acknowledgements];
        acknowledgements.Clear();
        return sending;
    }

    private TimeSpan ShortestInterval()
    {
        var shortest = TimeSpan.MaxValue;
        foreach (var subscription in context.Reception.Subscriptions)
        {
            shortest = subscription.Interval < shortest ? subscription.Interval : shortest;
        }

        return shortest;
    }

    private TimeSpan Timeout()
    {
        var longest = context.Settings.KeepAlive;
        lock (context.Gate)
        {
            foreach (var subscription in context.Reception.Subscriptions)
            {
                longest = subscription.KeepAlive > longest ? subscription.KeepAlive : longest;
            }
        }

        return (longest * KeepAlivesInTimeout) + context.Settings.CallTimeout;
    }
}
