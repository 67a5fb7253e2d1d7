using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Collects what the server does otherwise than it was asked to.</summary>
internal sealed class ItemRevisions
{
    private readonly Dictionary<(TimeSpan Sampling, uint QueueSize), List<uint>> _revised = [];

    public TimeSpan SlowestSampling { get; private set; }

    public void Note(MonitoredTag tag, ActiveSubscription subscription, MonitoredItemCreateResult result)
    {
        var sampling = Revised.Interval(result.RevisedSamplingInterval, tag.SamplingInterval);
        SlowestSampling = sampling > SlowestSampling ? sampling : SlowestSampling;
        if (sampling <= tag.SamplingInterval
            && result.RevisedQueueSize >= SubscriptionPlanner.QueueSizeOf(tag, subscription.Interval))
        {
            return;
        }

        var key = (sampling, result.RevisedQueueSize);
        if (!_revised.TryGetValue(key, out var handles))
        {
            _revised.Add(key, handles = []);
        }

        handles.Add(tag.Handle);
    }

    public void Tell(IRunnerEvents events)
    {
        foreach (var ((sampling, queueSize), handles) in _revised)
        {
            events.Revised(handles, sampling, queueSize);
        }
    }
}
