using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What the parts of one runner share.</summary>
internal sealed class RunnerContext
{
    public RunnerContext(
        IReadOnlyList<MonitoredTag> tags, SubscriptionSettings settings, IValueSink sink, IRunnerEvents events,
        TimeProvider clock, RunnerCounters counters)
    {
        (Settings, Sink, Events, Clock, Counters) = (settings, sink, events, clock, counters);
        Tags = new(tags);
        Items = new(tags.Count);
        Delivery = new(Tags, sink, counters, UaDateTime.From(clock.GetUtcNow()));
        Reception = new(Tags, Delivery, counters, clock);
        Signal = new(clock);
        Profile = ServerProfile.Generic;
        Limits = SubscriptionLimits.Of(Profile, new());
    }

    /// <summary>Held whenever the sink is called, and for all that the receive loop and the runner both touch.</summary>
    public Lock Gate { get; } = new();

    public SubscriptionSettings Settings { get; }

    public IValueSink Sink { get; }

    public IRunnerEvents Events { get; }

    public TimeProvider Clock { get; }

    public RunnerCounters Counters { get; }

    public TagStates Tags { get; }

    public ItemStates Items { get; }

    public Delivery Delivery { get; }

    public Reception Reception { get; }

    public Signal Signal { get; }

    public List<ActiveSubscription> Subscriptions { get; } = [];

    public ServerProfile Profile { get; set; }

    public SubscriptionLimits Limits { get; set; }

    /// <summary>When the server was started; none before it has said so.</summary>
    public UaDateTime ServerStart { get; set; }

    /// <summary>Of the connection that there is; null without one.</summary>
    public PublishPump? Pump { get; set; }

    public void TopUp() => Pump?.TopUp();

    public void Lost(LostSpan span)
    {
        lock (Gate)
        {
            Delivery.Lost(span);
        }
    }

    public void Refuse(int tag, StatusCode status)
    {
        var isNews = Items.Refused(tag, status);
        lock (Gate)
        {
            Tags.Release(tag);
            if (isNews)
            {
                Delivery.Bad(tag, status);
            }
        }
    }

    /// <summary>The handles of these tags; null if these are all.</summary>
    public IReadOnlyList<uint>? HandlesOf(IReadOnlyCollection<int> tags) =>
        tags.Count == Tags.Tags.Count ? null : [.. tags.Select(tag => Tags.Tags[tag].Handle)];
}
