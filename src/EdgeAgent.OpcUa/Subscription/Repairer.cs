using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Gets missing notification messages from the server, or gives them up (Part 4, 5.14.6 and 5.14.7).</summary>
internal sealed class Repairer(RunnerContext context)
{
    // A gap of up to so many messages is asked for one by one; of a wider one only what the server says it has.
    private const ulong AskedMax = 1_000;

    private ValueColumns _columns = new();

    private RunnerContext Context => context;

    /// <summary>Repairs what lies between messages that have come.</summary>
    /// <exception cref="OpcUaException">The connection or the session ended.</exception>
    public async Task RepairAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        while (NextMissing(subscription) is { } number)
        {
            var status = await AskAsync(port, subscription, number, cancellationToken);
            if (status.Code == StatusCodes.BadSubscriptionIdInvalid)
            {
                lock (context.Gate)
                {
                    subscription.Ended ??= status;
                }

                return;
            }

            if (status.IsBad && status.Code != StatusCodes.BadMessageNotAvailable && !BatchSize.IsTooMuch(status))
            {
                throw new OpcUaException(status, "Republish failed.");
            }

            GiveUpIfStillMissing(subscription, number);
        }
    }

    /// <summary>After an outage: gets what was sent meanwhile.</summary>
    /// <returns>False if the server no longer has the subscription.</returns>
    /// <exception cref="OpcUaException">The connection or the session ended.</exception>
    public async Task<bool> ResumeAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        while (true)
        {
            uint number;
            lock (context.Gate)
            {
                number = subscription.Sequence.Next;
            }

            var status = await AskAsync(port, subscription, number, cancellationToken);
            if (status.Code == StatusCodes.BadSubscriptionIdInvalid)
            {
                return false;
            }

            lock (context.Gate)
            {
                if (status.Code == StatusCodes.BadMessageNotAvailable || subscription.Sequence.Next == number)
                {
                    subscription.HeardAt = context.Clock.GetTimestamp();
                    break;
                }
            }

            if (status.IsBad)
            {
                throw new OpcUaException(status, "Republish failed.");
            }
        }

        // The next one is not there. Later ones may be, of which the server told when it handed the subscription over.
        lock (context.Gate)
        {
            foreach (var number in subscription.Available)
            {
                subscription.Sequence.Announce(MessageSequence.Successor(number));
            }
        }

        await RepairAsync(port, subscription, cancellationToken);
        return subscription.Ended is null;
    }

    private uint? NextMissing(ActiveSubscription subscription)
    {
        lock (context.Gate)
        {
            if (subscription.Sequence.Missing > AskedMax)
            {
                context.Reception.GiveUpNext(subscription, NearestKnown(subscription));
            }

            return subscription.Sequence.Missing > 0 ? subscription.Sequence.Next : null;
        }
    }

    private void GiveUpIfStillMissing(ActiveSubscription subscription, uint number)
    {
        lock (context.Gate)
        {
            if (subscription.Sequence.Next == number && subscription.Sequence.Missing > 0)
            {
                context.Reception.GiveUpNext(subscription, MessageSequence.Successor(number));
            }
        }
    }

    private static uint NearestKnown(ActiveSubscription subscription)
    {
        var sequence = subscription.Sequence;
        var nearest = sequence.Newest;
        foreach (var number in subscription.Available.Concat(subscription.Held.Select(held => held.Number)))
        {
            if (sequence.Ahead(number)
                && MessageSequence.Distance(sequence.Next, number) < MessageSequence.Distance(sequence.Next, nearest))
            {
                nearest = number;
            }
        }

        return nearest;
    }

    private async Task<StatusCode> AskAsync(
        ISessionPort port, ActiveSubscription subscription, uint number, CancellationToken cancellationToken)
    {
        var handler = new RepublishHandler(this, subscription);
        port.Post(
            new RepublishRequest
            {
                RequestHeader = port.Header,
                SubscriptionId = subscription.Id,
                RetransmitSequenceNumber = number,
            },
            handler, context.Settings.CallTimeout);
        return await handler.AnswerAsync(cancellationToken);
    }

    // Reads into the repairer's columns; only one is under way.
    private sealed class RepublishHandler(Repairer repairer, ActiveSubscription subscription)
        : ServiceHandler(RepublishResponse.EncodingId)
    {
        protected override StatusCode Read(ref UaReader body)
        {
            var reader = new PublishResponseReader();
            lock (repairer.Context.Gate)
            {
                reader.ReadRepublish(ref body, repairer._columns);
                if (!reader.ServiceResult.IsBad && subscription.Id != 0)
                {
                    repairer._columns = repairer.Context.Reception.AcceptResent(
                        subscription, reader, repairer._columns);
                }
            }

            return reader.ServiceResult;
        }
    }
}
