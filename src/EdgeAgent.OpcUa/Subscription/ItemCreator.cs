using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Creates subscriptions and their items, in batches that the server bears.</summary>
internal sealed class ItemCreator(RunnerContext context)
{
    // Connections that end during the same call this often in a row are taken to end because of its size.
    private const int LossesMax = 2;

    private readonly BatchSize _batch = new(int.MaxValue);
    private int _losses;

    /// <summary>Finds the node of each tag in this session; a namespace that is not there is never another one.</summary>
    public void Resolve(ISessionPort port)
    {
        for (var tag = 0; tag < context.Tags.Tags.Count; tag++)
        {
            if (context.Items.Ids[tag] == 0)
            {
                context.Items.Nodes[tag] = NodeOf(port, tag);
            }
        }
    }

    /// <summary>Whether every tag has the node that it had.</summary>
    public bool ResolvesAsBefore(ISessionPort port)
    {
        for (var tag = 0; tag < context.Tags.Tags.Count; tag++)
        {
            if (context.Items.Ids[tag] != 0 && context.Items.Nodes[tag] != NodeOf(port, tag))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Creates a subscription, if it is not there, and the items of it that are not there.</summary>
    /// <param name="port">The session.</param>
    /// <param name="subscription">Which.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Tags that the subscription is too small for.</returns>
    /// <exception cref="OpcUaException">The connection or the session ended, or there are no subscriptions.</exception>
    public async Task<IReadOnlyList<int>> CreateAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        _batch.LimitTo(context.Limits.ItemsPerCall);
        var tags = new List<int>();
        foreach (var tag in subscription.Tags)
        {
            if (context.Items.Ids[tag] != 0)
            {
                continue;
            }

            if (context.Items.Nodes[tag].IsNull)
            {
                context.Refuse(tag, StatusCodes.BadNodeIdUnknown);
                continue;
            }

            tags.Add(tag);
        }

        if (tags.Count == 0)
        {
            return [];
        }

        if (subscription.Id == 0)
        {
            try
            {
                await CreateSubscriptionAsync(port, subscription, cancellationToken);
            }
            catch (OpcUaException refusal) when (refusal.Status.Code == StatusCodes.BadTooManySubscriptions)
            {
                tags.ForEach(tag => context.Refuse(tag, refusal.Status));
                return [];
            }
        }

        return await CreateItemsAsync(port, subscription, tags, cancellationToken);
    }

    private NodeId NodeOf(ISessionPort port, int tag) =>
        port.TryResolve(context.Tags.Tags[tag].Address, out var node) ? node : NodeId.Null;

    private async Task CreateSubscriptionAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        var (keepAlive, lifetime) = SubscriptionPlanner.CountsOf(subscription.RequestedInterval, context.Settings);
        var response = await port.CallAsync<CreateSubscriptionRequest, CreateSubscriptionResponse>(
            new()
            {
                RequestHeader = port.Header,
                RequestedPublishingInterval = subscription.RequestedInterval.TotalMilliseconds,
                RequestedLifetimeCount = lifetime,
                RequestedMaxKeepAliveCount = keepAlive,
                MaxNotificationsPerPublish = (uint)context.Settings.NotificationsPerPublish,
                PublishingEnabled = true,
            },
            cancellationToken);
        lock (context.Gate)
        {
            context.Reception.ServerSays(response.ResponseHeader.Timestamp);
            subscription.Id = response.SubscriptionId;
            subscription.Interval = Revised.Interval(
                response.RevisedPublishingInterval, subscription.RequestedInterval);
            subscription.KeepAlive = Revised.Times(subscription.Interval, response.RevisedMaxKeepAliveCount);
            subscription.Lifetime = Revised.Times(subscription.Interval, response.RevisedLifetimeCount);
            subscription.NotificationsMax = (uint)context.Settings.NotificationsPerPublish;
            subscription.HeardAt = context.Clock.GetTimestamp();
            subscription.CompleteTime = response.ResponseHeader.Timestamp;
            context.Reception.Add(subscription);
        }

        // A Publish request waits from now on, also for what the items say while others are still being created.
        context.TopUp();
    }

    private async Task<IReadOnlyList<int>> CreateItemsAsync(
        ISessionPort port, ActiveSubscription subscription, List<int> tags, CancellationToken cancellationToken)
    {
        lock (context.Gate)
        {
            tags.ForEach(tag => context.Tags.Assign(tag, subscription.Number, context.Clock.GetTimestamp()));
        }

        subscription.IsHalfMade = true;
        var spilled = new List<int>();
        var created = subscription.Tags.Count(tag => context.Items.Ids[tag] != 0);
        var revisions = new ItemRevisions();
        for (var next = 0; next < tags.Count;)
        {
            var batch = tags.GetRange(next, Math.Min(_batch.Current, tags.Count - next));
            CreateMonitoredItemsResponse response;
            try
            {
                response = await CallAsync(port, subscription, batch, cancellationToken);
            }
            catch (OpcUaException refusal) when (BatchSize.IsTooMuch(refusal.Status) && !port.Closed.IsCompleted)
            {
                if (!_batch.Halve())
                {
                    context.Refuse(tags[next++], refusal.Status);
                }

                continue;
            }

            next += batch.Count;
            var again = new List<int>();
            for (var i = 0; i < batch.Count; i++)
            {
                var (tag, result) = (batch[i], response.Results[i]);
                if (!result.StatusCode.IsBad)
                {
                    created++;
                    context.Items.Created(tag, result.MonitoredItemId);
                    revisions.Note(context.Tags.Tags[tag], subscription, result);
                }
                else if (IsFilterRefusal(result.StatusCode) && !context.Items.WithoutFilter[tag]
                    && context.Tags.Tags[tag].Deadband is not null)
                {
                    context.Items.WithoutFilter[tag] = true;
                    context.Events.FilterRefused(context.Tags.Tags[tag].Handle, result.StatusCode);
                    again.Add(tag);
                }
                else if (result.StatusCode.Code == StatusCodes.BadTooManyMonitoredItems && created > 0)
                {
                    spilled.Add(tag);
                }
                else
                {
                    context.Refuse(tag, result.StatusCode);
                }
            }

            tags.AddRange(again);
        }

        subscription.Sampling = revisions.SlowestSampling > subscription.Sampling
            ? revisions.SlowestSampling : subscription.Sampling;
        revisions.Tell(context.Events);
        (subscription.SpeaksAnew, subscription.IsHalfMade) = (true, false);
        return spilled;
    }

    private async Task<CreateMonitoredItemsResponse> CallAsync(
        ISessionPort port, ActiveSubscription subscription, List<int> tags, CancellationToken cancellationToken)
    {
        try
        {
            var response = await port.CallAsync<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(
                new()
                {
                    RequestHeader = port.Header,
                    SubscriptionId = subscription.Id,
                    TimestampsToReturn = TimestampsToReturn.Both,
                    ItemsToCreate = [.. tags.Select(tag => ItemOf(tag, subscription))],
                },
                cancellationToken);
            _losses = 0;
            lock (context.Gate)
            {
                context.Reception.ServerSays(response.ResponseHeader.Timestamp);
            }

            return response.Results.Count == tags.Count
                ? response
                : throw new OpcUaException(
                    StatusCodes.BadUnknownResponse,
                    $"The server answered {response.Results.Count} of {tags.Count} items.");
        }
        catch (OpcUaException) when (port.Closed.IsCompleted && ++_losses >= LossesMax)
        {
            _losses = 0;
            _batch.Halve();
            throw;
        }
    }

    private MonitoredItemCreateRequest ItemOf(int index, ActiveSubscription subscription)
    {
        var tag = context.Tags.Tags[index];
        var filter = context.Items.WithoutFilter[index] ? null : SubscriptionPlanner.FilterOf(tag, context.Profile);
        return new()
        {
            ItemToMonitor = new() { NodeId = context.Items.Nodes[index], AttributeId = AttributeIds.Value },
            MonitoringMode = MonitoringMode.Reporting,
            RequestedParameters = new()
            {
                ClientHandle = tag.Handle,
                SamplingInterval = tag.SamplingInterval.TotalMilliseconds,
                Filter = filter is null ? default : ExtensionObject.Of(filter),
                QueueSize = SubscriptionPlanner.QueueSizeOf(tag, subscription.Interval),
                DiscardOldest = true,
            },
        };
    }

    private static bool IsFilterRefusal(StatusCode status) => status.Code is StatusCodes.BadFilterNotAllowed
        or StatusCodes.BadMonitoredItemFilterInvalid or StatusCodes.BadMonitoredItemFilterUnsupported
        or StatusCodes.BadDeadbandFilterInvalid;
}
