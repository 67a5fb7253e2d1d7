using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Monitored items and their sampling (Part 4, 5.13).</summary>
internal sealed class MonitoredItemServices(ServerState state, AttributeReader attributes)
{
    public CreateMonitoredItemsResponse Create(ServerSession session, CreateMonitoredItemsRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        state.CheckOperations(request.ItemsToCreate.Count);
        var results = new MonitoredItemCreateResult[request.ItemsToCreate.Count];
        var now = state.Clock.Now;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Create(subscription, request.ItemsToCreate[i], request.TimestampsToReturn, now);
        }

        return new() { Results = results };
    }

    public ModifyMonitoredItemsResponse Modify(ServerSession session, ModifyMonitoredItemsRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        state.CheckOperations(request.ItemsToModify.Count);
        return new()
        {
            Results = [.. request.ItemsToModify.Select(item => Modify(subscription, item, request.TimestampsToReturn))],
        };
    }

    public DeleteMonitoredItemsResponse Delete(ServerSession session, DeleteMonitoredItemsRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        state.CheckOperations(request.MonitoredItemIds.Count);
        return new()
        {
            Results = [.. request.MonitoredItemIds.Select(id => OfEach(subscription, id, item =>
            {
                subscription.Remove(item);
                state.MonitoredItemCount--;
            }))],
        };
    }

    public SetMonitoringModeResponse SetMode(ServerSession session, SetMonitoringModeRequest request)
    {
        var subscription = Find(session, request.SubscriptionId);
        state.CheckOperations(request.MonitoredItemIds.Count);
        return new()
        {
            Results = [.. request.MonitoredItemIds.Select(
                id => OfEach(subscription, id, item => SetMode(subscription, item, request.MonitoringMode)))],
        };
    }

    /// <summary>Reads the item's value at this instant and queues it where it is a change.</summary>
    public void Sample(ServerSubscription subscription, MonitoredItem item, UaDateTime now)
    {
        if (item.Mode == MonitoringMode.Disabled)
        {
            return;
        }

        var value = attributes.Read(item.Node, item.Attribute, now);
        if (item.Sample(value.Value, value.Status, value.SourceTime, now))
        {
            state.Served.Add(item.Node, value);
            subscription.Sampled(item, isQueued: true);
        }
    }

    /// <summary>Part 5, 9.2: what each reporting item last had, where nothing of it waits already.</summary>
    public void Resend(ServerSubscription subscription)
    {
        var now = state.Clock.Now;
        foreach (var item in subscription.Items.Values)
        {
            if (item.Mode == MonitoringMode.Reporting)
            {
                subscription.Sampled(item, item.Resend(now));
            }
        }
    }

    private MonitoredItemCreateResult Create(
        ServerSubscription subscription,
        MonitoredItemCreateRequest request,
        TimestampsToReturn timestamps,
        UaDateTime now)
    {
        var target = request.ItemToMonitor;
        var node = state.Resolve(target.NodeId);
        if (node < 0)
        {
            return new() { StatusCode = ServerState.Unknown(target.NodeId) };
        }

        if (!attributes.Has(node, target.AttributeId))
        {
            return new() { StatusCode = StatusCodes.BadAttributeIdInvalid };
        }

        if (!string.IsNullOrEmpty(target.IndexRange))
        {
            return new() { StatusCode = StatusCodes.BadIndexRangeInvalid };
        }

        if (state.MonitoredItemCount >= state.Limits.MonitoredItems)
        {
            return new() { StatusCode = StatusCodes.BadTooManyMonitoredItems };
        }

        var filter = FilterOf(node, target.AttributeId, request.RequestedParameters.Filter, out var status);
        if (status.IsBad)
        {
            return new() { StatusCode = status };
        }

        var item = new MonitoredItem(state.NextId(), node, target.AttributeId)
        {
            Filter = filter,
            Mode = request.MonitoringMode,
        };
        var interval = Apply(subscription, item, request.RequestedParameters, timestamps);
        subscription.Items.Add(item.Id, item);
        state.MonitoredItemCount++;
        Sample(subscription, item, now);
        return new()
        {
            MonitoredItemId = item.Id,
            RevisedSamplingInterval = interval,
            RevisedQueueSize = (uint)item.QueueSize,
        };
    }

    private MonitoredItemModifyResult Modify(
        ServerSubscription subscription, MonitoredItemModifyRequest request, TimestampsToReturn timestamps)
    {
        if (!subscription.Items.TryGetValue(request.MonitoredItemId, out var item))
        {
            return new() { StatusCode = StatusCodes.BadMonitoredItemIdInvalid };
        }

        var filter = FilterOf(item.Node, item.Attribute, request.RequestedParameters.Filter, out var status);
        if (status.IsBad)
        {
            return new() { StatusCode = status };
        }

        item.Filter = filter;
        var interval = Apply(subscription, item, request.RequestedParameters, timestamps);
        return new() { RevisedSamplingInterval = interval, RevisedQueueSize = (uint)item.QueueSize };
    }

    /// <returns>The revised sampling interval in milliseconds.</returns>
    private double Apply(
        ServerSubscription subscription,
        MonitoredItem item,
        MonitoringParameters parameters,
        TimestampsToReturn timestamps)
    {
        item.ClientHandle = parameters.ClientHandle;
        item.Timestamps = timestamps;
        item.SetQueue((int)Math.Clamp(parameters.QueueSize, 1, (uint)state.Limits.QueueSize), parameters.DiscardOldest);

        // Part 4, 7.21: -1 is the publishing interval, 0 as fast as can be.
        var least = state.Limits.ShortestSamplingInterval.TotalMilliseconds;
        if (state.Space.FindExtras(item.Node) is { } extras)
        {
            least = Math.Max(least, extras.MinimumSamplingInterval);
        }

        var asked = parameters.SamplingInterval < 0 || double.IsNaN(parameters.SamplingInterval)
            ? TimeSpan.FromTicks(subscription.PublishingInterval).TotalMilliseconds
            : parameters.SamplingInterval;
        var most = Math.Max(least, state.Limits.LongestPublishingInterval.TotalMilliseconds);
        var revised = Math.Clamp(asked, least, most);
        var interval = (long)(revised * TimeSpan.TicksPerMillisecond);
        if (item.Group?.Interval != interval)
        {
            subscription.Schedule(item, interval, state.RanTo);
        }

        return revised;
    }

    private void SetMode(ServerSubscription subscription, MonitoredItem item, MonitoringMode mode)
    {
        var wasDisabled = item.Mode == MonitoringMode.Disabled;
        item.Mode = mode;
        if (mode == MonitoringMode.Disabled)
        {
            item.Clear(); // Part 4, 5.13.1.3: the queue of a disabled item is emptied.
        }
        else if (wasDisabled)
        {
            item.Forget();
            Sample(subscription, item, state.Clock.Now);
        }

        subscription.Sampled(item, item.Count > 0);
    }

    private DeadbandFilter FilterOf(int node, uint attribute, ExtensionObject filter, out StatusCode status)
    {
        if (attribute != AttributeIds.Value)
        {
            status = filter.Encoding == ExtensionObjectBody.None ? StatusCodes.Good : StatusCodes.BadFilterNotAllowed;
            return DeadbandFilter.Default;
        }

        var type = state.Space.Values.TypeOf(state.Space.Row(node).Value);
        return DeadbandFilter.Of(filter, type, RangeOf(node), state.Limits.Decoding, out status);
    }

    private Services.Range? RangeOf(int node)
    {
        for (var child = state.Space.Row(node).FirstChild; child != 0; child = state.Space.Row(child).NextSibling)
        {
            ref readonly var row = ref state.Space.Row(child);
            if (row is { BrowseName: "EURange", NameNamespace: 0, Value: >= 0 })
            {
                state.Space.Values.Read(row.Value, default, out var value, out _, out _);
                return value.Object is ExtensionObject body ? body.As<Services.Range>(state.Limits.Decoding) : null;
            }
        }

        return null;
    }

    private ServerSubscription Find(ServerSession session, uint id)
    {
        if (!state.Subscriptions.TryGetValue(id, out var subscription) || subscription.Session != session)
        {
            throw new OpcUaException(StatusCodes.BadSubscriptionIdInvalid, "The session has no such subscription.");
        }

        subscription.UnattendedIntervals = 0;
        return subscription;
    }

    private static StatusCode OfEach(ServerSubscription subscription, uint id, Action<MonitoredItem> action)
    {
        if (!subscription.Items.TryGetValue(id, out var item))
        {
            return StatusCodes.BadMonitoredItemIdInvalid;
        }

        action(item);
        return StatusCodes.Good;
    }
}
