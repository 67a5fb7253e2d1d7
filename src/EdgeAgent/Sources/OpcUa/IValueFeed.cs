using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// What gets the values of one server: a <see cref="SubscriptionRunner"/>, in tests a hand-written one.
/// </summary>
internal interface IValueFeed
{
    RunnerState State { get; }

    RunnerCounters Counters { get; }

    /// <summary>Runs until cancelled, and then returns.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
