using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;

namespace EdgeAgent.Tests.Sources.OpcUa;

/// <summary>A feed that does nothing by itself: the test says what the server does.</summary>
internal sealed class HandFeed(OpcUaSink sink, IRunnerEvents events) : IValueFeed
{
    public OpcUaSink Sink => sink;

    public IRunnerEvents Events => events;

    public RunnerState State { get; set; }

    public RunnerCounters Counters { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how a feed ends.
        }
    }
}
