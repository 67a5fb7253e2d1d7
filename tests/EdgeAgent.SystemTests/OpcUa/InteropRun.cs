using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>A subscription that runs until it is disposed of.</summary>
internal sealed class InteropRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private bool _isStopped;

    public InteropRun(
        InteropClient client, ConnectSettings connection, SubscriptionSettings settings, IEnumerable<string> addresses,
        TimeSpan sampling)
    {
        MonitoredTag[] tags =
        [
            .. addresses.Select((address, index) => new MonitoredTag((uint)index, NodeAddress.Parse(address))
            {
                SamplingInterval = sampling,
                QueueSize = 20,
            }),
        ];
        Runner = new(
            cancellation => client.Connector.ConnectAsync(connection, cancellation), tags, settings, Sink,
            TimeProvider.System);
        _run = Runner.RunAsync(_stop.Token);
    }

    public InteropSink Sink { get; } = new();

    public SubscriptionRunner Runner { get; }

    /// <summary>Waits until each of these handles has had so many values more than now.</summary>
    public async Task WaitForMoreAsync(int values, params uint[] handles)
    {
        var before = handles.ToDictionary(handle => handle, Sink.CountOf);
        await Eventually.TrueAsync(
            () => _run.IsCompleted || handles.All(handle => Sink.CountOf(handle) >= before[handle] + values),
            Describe,
            NodeOpcUa.Patience);
        Assert.False(_run.IsCompleted, Describe());
    }

    public string Describe() =>
        $"{Runner.State}, {Sink.Count} values, {Runner.Counters.Connects} connects, {_run.Exception}, refused "
        + $"{string.Join(", ", Sink.Refused)}, lost {string.Join(", ", Sink.Losses)}";

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _stop.CancelAsync();
            await _run;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
