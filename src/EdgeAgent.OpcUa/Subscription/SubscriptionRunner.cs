namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// The whole life of one server's tags: connects, resolves, subscribes in batches, pumps, repairs, fills from history, and
/// says what is lost. Made with a function that opens a session, and run once.
/// </summary>
public sealed partial class SubscriptionRunner
{
    public RunnerCounters Counters { get; } = new();

    public RunnerState State { get; private set; } = RunnerState.Connecting;
}
