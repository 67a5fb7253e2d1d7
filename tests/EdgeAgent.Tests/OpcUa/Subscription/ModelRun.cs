using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Subscription;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A runner and the model server, in virtual time on one thread.</summary>
internal sealed class ModelRun : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SingleThread _thread = new();
    private readonly Task _running;

    public ModelRun(
        int seed, int nodeCount = 8, double historyShare = 0, SubscriptionSettings? settings = null,
        Func<MonitoredTag, MonitoredTag>? change = null, Action<ModelServer>? prepare = null)
    {
        Random = new(seed);
        Nodes =
        [
            .. Enumerable.Range(0, nodeCount).Select(i => new ModelNode(
                $"urn:machine:{(char)('a' + (i % 3))}", (uint)(i / 3) + 1, Random.NextDouble() < historyShare)),
        ];
        Tags =
        [
            .. Nodes.Select((node, i) => new MonitoredTag((uint)(i * 7) + 3, new(node.Uri, new(node.Id)))
            {
                SamplingInterval = TimeSpan.FromMilliseconds(50),
            }).Select(tag => change?.Invoke(tag) ?? tag),
        ];
        Server = new(Clock, Random, Nodes);
        prepare?.Invoke(Server);
        Events = new();
        Runner = new(
            Server.ConnectAsync, Tags, settings ?? Settings, Ledger, Clock, Events, Random.NextDouble);
        _running = _thread.Do(() => Runner.RunAsync(_stopping.Token));
    }

    public static SubscriptionSettings Settings { get; } = new()
    {
        PublishingInterval = TimeSpan.FromMilliseconds(100),
        KeepAlive = TimeSpan.FromMilliseconds(500),
        Lifetime = TimeSpan.FromSeconds(10),
        ConnectDelayMin = TimeSpan.FromMilliseconds(100),
        ConnectDelayMax = TimeSpan.FromSeconds(1),
        CallTimeout = TimeSpan.FromSeconds(1),
        StatusInterval = TimeSpan.FromSeconds(2),
        RefusedRetry = TimeSpan.FromSeconds(1),
        HistoryValuesPerNode = 7,
    };

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));

    public Random Random { get; }

    public IReadOnlyList<ModelNode> Nodes { get; }

    public IReadOnlyList<MonitoredTag> Tags { get; }

    public ModelServer Server { get; }

    public Ledger Ledger { get; } = new();

    public RecordedEvents Events { get; }

    public SubscriptionRunner Runner { get; }

    /// <summary>What was done to the server, for whoever has to understand a failure.</summary>
    public List<string> Story { get; } = [];

    public void Tell(string what) => Story.Add($"{Clock.GetUtcNow():ss.fff} {what}");

    public void Advance(TimeSpan duration)
    {
        for (var until = Clock.GetUtcNow() + duration; Clock.GetUtcNow() < until;)
        {
            _thread.Do(() =>
            {
                Server.Step();
                _thread.Drain();
                Clock.Advance(Step);
                _thread.Drain();
                return 0;
            });
            if (_running.IsFaulted)
            {
                _running.GetAwaiter().GetResult();
            }
        }
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Nothing changes any more, and everything that was served has had time to arrive.</summary>
    public void Settle(double seconds = 8)
    {
        (Server.Loss, Server.Delay, Server.Duplication, Server.Liveliness) = (0, 0, 0, 0);
        Ledger.HasRoom = true;
        Advance(seconds);
    }

    public void Stop()
    {
        _thread.Do(() =>
        {
            _stopping.Cancel();
            _thread.Drain();
            return 0;
        });
        Advance(0.1);
        Assert.True(_running.IsCompletedSuccessfully);
    }

    /// <summary>Every value served was delivered once or lies in a lost span, and each to the tag that it is of.</summary>
    /// <returns>The share of the served values that were not delivered.</returns>
    public double Check(string context = "")
    {
        var handleOf = Nodes.Zip(Tags).ToDictionary(pair => pair.First, pair => pair.Second.Handle);
        var nodeOf = handleOf.ToDictionary(pair => pair.Value, pair => pair.Key);
        var spans = string.Join("; ", Ledger.Spans.Select(span =>
            $"{span.From.ToUtc():ss.fff}-{span.To.ToUtc():ss.fff} {span.Cause} {string.Join(',', span.Handles ?? [])}"));
        context = $"{context} [{string.Join("; ", Story)}] [{spans}]";
        foreach (var (handle, time, count, value) in Ledger.Delivered.OrderBy(value => value.Time))
        {
            var node = nodeOf[handle];
            Assert.True(
                value.Equals(ModelNode.ValueOf(node.Uri, node.Id, time)), $"{context} A value of another node came as {handle}.");
            Assert.True(count <= 1, $"{context} {handle} at {new UaDateTime(time)} was delivered {count} times.");
        }

        var missing = 0;
        foreach (var (node, time) in Server.Served.OrderBy(served => served.Time))
        {
            if (Ledger.CountOf(handleOf[node], time) == 0)
            {
                missing++;
                Assert.True(
                    Ledger.IsLost(handleOf[node], time),
                    $"{context} {handleOf[node]} at {new UaDateTime(time)} is neither delivered nor lost.");
            }
        }

        return (double)missing / Server.Served.Count;
    }

    public void Dispose() => _stopping.Dispose();
}
