using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Decides which tags share a subscription, and what is asked of the server for each. Pure.</summary>
internal static class SubscriptionPlanner
{
    // Faster reports than this cost more than they tell, however fast is sampled.
    private static readonly TimeSpan PublishingMin = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan PublishingMax = TimeSpan.FromHours(1);

    // Queues twice as long as what one publishing interval brings: one late response loses nothing.
    private const int QueueReserve = 2;

    // A longer queue for one item says that the interval is wrong.
    private const uint QueueMax = 10_000;

    // Part 4, 5.14.2.2: the lifetime is at least three keep-alives.
    private const uint KeepAlivesInLifetime = 3;

    /// <summary>
    /// Groups by publishing interval, then cuts each group into subscriptions of equal size no larger than the limit.
    /// </summary>
    public static IReadOnlyList<PlannedSubscription> Plan(
        IReadOnlyList<MonitoredTag> tags, SubscriptionSettings settings, int itemsPerSubscription)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsPerSubscription, 1);
        var groups = new SortedDictionary<TimeSpan, List<int>>();
        for (var i = 0; i < tags.Count; i++)
        {
            var interval = PublishingIntervalOf(tags[i], settings);
            if (!groups.TryGetValue(interval, out var group))
            {
                groups.Add(interval, group = []);
            }

            group.Add(i);
        }

        var plan = new List<PlannedSubscription>();
        foreach (var (interval, group) in groups)
        {
            var count = (group.Count + itemsPerSubscription - 1) / itemsPerSubscription;
            var size = (group.Count + count - 1) / count;
            plan.AddRange(group.Chunk(size).Select(chunk => new PlannedSubscription(interval, chunk)));
        }

        return plan;
    }

    public static TimeSpan PublishingIntervalOf(MonitoredTag tag, SubscriptionSettings settings)
    {
        if (settings.PublishingInterval is { } interval)
        {
            return interval;
        }

        var sampling = tag.SamplingInterval;
        return sampling <= PublishingMin ? PublishingMin
            : sampling >= PublishingMax ? PublishingMax
            : RoundDown(sampling);
    }

    /// <summary>At least what the tag asks for, and enough for what sampling brings between two reports.</summary>
    public static uint QueueSizeOf(MonitoredTag tag, TimeSpan publishingInterval)
    {
        var sampling = tag.SamplingInterval > TimeSpan.Zero ? tag.SamplingInterval : PublishingMin;
        var needed = Math.Ceiling(publishingInterval / sampling) * QueueReserve;
        return Math.Max(tag.QueueSize, (uint)Math.Min(needed, QueueMax));
    }

    /// <summary>Publishing intervals until a keep-alive, and until the subscription ends.</summary>
    public static (uint KeepAlive, uint Lifetime) CountsOf(TimeSpan publishingInterval, SubscriptionSettings settings)
    {
        var keepAlive = (uint)Math.Clamp(Math.Round(settings.KeepAlive / publishingInterval), 1, int.MaxValue);
        var lifetime = (uint)Math.Clamp(Math.Ceiling(settings.Lifetime / publishingInterval), 1, int.MaxValue);
        return (keepAlive, Math.Max(lifetime, keepAlive * KeepAlivesInLifetime));
    }

    /// <summary>The filter that is sent, or null for none.</summary>
    public static DataChangeFilter? FilterOf(MonitoredTag tag, ServerProfile profile) =>
        tag.Deadband is { } deadband && profile.HasFilters
            ? new()
            {
                Trigger = DataChangeTrigger.StatusValue,
                DeadbandType = (uint)deadband.Type,
                DeadbandValue = deadband.Value,
            }
            : null;

    // Down to 1, 2 or 5 times a power of ten milliseconds, so that similar tags share subscriptions.
    private static TimeSpan RoundDown(TimeSpan interval)
    {
        var ms = interval.TotalMilliseconds;
        var power = Math.Pow(10, Math.Floor(Math.Log10(ms)));
        var factor = ms / power;
        return TimeSpan.FromMilliseconds(power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1));
    }
}
