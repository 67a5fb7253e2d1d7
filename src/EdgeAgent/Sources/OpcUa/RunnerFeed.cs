using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>The feed of a real server.</summary>
internal sealed class RunnerFeed(SubscriptionRunner runner) : IValueFeed
{
    public RunnerState State => runner.State;

    public RunnerCounters Counters => runner.Counters;

    public Task RunAsync(CancellationToken cancellationToken) => runner.RunAsync(cancellationToken);
}
