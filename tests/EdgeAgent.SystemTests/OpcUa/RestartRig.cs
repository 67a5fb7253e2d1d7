using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// The small server with values that say whose they are, and a runner on an encrypted connection to it.
/// </summary>
internal sealed class RestartRig : IAsyncDisposable
{
    private const int NodesPerUri = 4;
    private const int HistoryLength = 4_000;

    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static readonly string[] MachineUris = ["urn:machine:a", "urn:machine:b", "urn:machine:c"];

    private readonly InteropClient _client = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<int, uint> _handles = [];
    private readonly List<MonitoredTag> _tags = [];
    private readonly List<(UaDateTime Time, string What)> _story = [];
    private readonly Task _running;
    private volatile bool _isQuiet;

    /// <param name="policy">Of the connection.</param>
    /// <param name="hasHistory">Whether every second node keeps a history.</param>
    public RestartRig(SecurityPolicy policy, bool hasHistory)
    {
        var space = new AddressSpace();
        var nodes = new List<(int Node, NodeAddress Address)>();
        foreach (var uri in MachineUris)
        {
            var index = space.AddNamespace(uri);
            for (uint id = 1; id <= NodesPerUri; id++)
            {
                var node = space.AddVariable(AddressSpace.Objects, new VariableDefinition(new(index, id), $"Value{id}")
                {
                    HistoryLength = hasHistory && id % 2 == 0 ? HistoryLength : 0,
                });
                nodes.Add((node, new(uri, new(id))));
                _handles[node] = (uint)_tags.Count;
                _tags.Add(new((uint)_tags.Count, new(uri, new(id))) { SamplingInterval = Step, QueueSize = 20 });
            }
        }

        Server = new(
            new() { Endpoints = [EndpointSecurity.None, new(policy, Mode(policy))] }, space, TimeProvider.System);
        Server.Served.Capacity = 1_000_000;
        Server.Every(Step, time =>
        {
            if (!_isQuiet)
            {
                SetAll(time);
            }
        });

        // A client that is quick reads before the first step.
        SetAll(UaDateTime.From(TimeProvider.System.GetUtcNow()));
        Server.Start();
        Trust();
        Sink = new((handle, value, time) =>
            time.IsNone || PredictableValue.IsOf(value, _tags[(int)handle].Address, time, Step));
        var connection = new ConnectSettings
        {
            Url = Server.EndpointUrl,
            Policy = policy,
            Mode = Mode(policy),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            RequestTimeout = TimeSpan.FromSeconds(3),
        };
        Runner = new(
            token => _client.Connector.ConnectAsync(connection, token), _tags,
            new()
            {
                PublishingInterval = Step,
                KeepAlive = TimeSpan.FromMilliseconds(100),
                Lifetime = TimeSpan.FromSeconds(30),
                CallTimeout = TimeSpan.FromSeconds(3),
                ConnectDelayMin = TimeSpan.FromMilliseconds(20),
                ConnectDelayMax = TimeSpan.FromMilliseconds(100),
                StatusInterval = TimeSpan.FromSeconds(1),
                RefusedRetry = TimeSpan.FromMilliseconds(200),
            },
            Sink, TimeProvider.System);
        _running = Runner.RunAsync(_stopping.Token);

        void SetAll(UaDateTime time)
        {
            foreach (var (node, address) in nodes)
            {
                space.Set(node, Variant.From(PredictableValue.Of(address, time, Step)), StatusCodes.Good, time);
            }
        }
    }

    public static IReadOnlyList<string> Uris => MachineUris;

    public OpcUaServer Server { get; }

    public RestartSink Sink { get; }

    public SubscriptionRunner Runner { get; }

    /// <summary>Trusts the certificate that the server has now.</summary>
    public void Trust() => _client.Trust(Server.Certificate.RawData);

    /// <summary>Waits until every tag gives values again.</summary>
    public Task FlowsAsync()
    {
        var now = UaDateTime.From(TimeProvider.System.GetUtcNow());
        return Eventually.TrueAsync(() => Sink.HasAllSince(now, _tags.Count), Describe);
    }

    /// <summary>Changes end; waits until everything served is accounted for, and stops.</summary>
    public async Task StopAsync()
    {
        _isQuiet = true;
        await Eventually.TrueAsync(() => Unaccounted().Count == 0, () => $"{Unaccounted().Count} values. {Describe()}");
        await _stopping.CancelAsync();
        await _running;
    }

    /// <summary>Values that the server served and that were neither delivered nor told as lost.</summary>
    public IReadOnlyList<string> Unaccounted() => [.. Missing().Select(served => $"{served.Handle} at {served.Time}")];

    public double LostShare()
    {
        var served = Good().ToList();
        return (double)served.Count(value => !Sink.HasDelivered(value.Handle, value.Time)) / served.Count;
    }

    /// <summary>What was done to the server, for whoever has to understand a failure.</summary>
    public void Tell(string what) => _story.Add((UaDateTime.From(TimeProvider.System.GetUtcNow()), what));

    public string Describe()
    {
        var text =
            $"{Runner.State}, {_running.Exception}, {Runner.Counters.Connects} connects, {Sink.Spans.Count} spans.";
        if (Missing().FirstOrDefault() is not { Time.IsNone: false } first)
        {
            return text;
        }

        var near = TimeSpan.FromSeconds(1).Ticks;
        var spans = Sink.Spans
            .Where(span => span.To.Ticks > first.Time.Ticks - near && span.From.Ticks < first.Time.Ticks + near)
            .Select(span => $"{span.From} {span.To} {span.Cause} {string.Join(' ', span.Handles ?? [])} {span.Detail}");
        var story = _story.Where(told => Math.Abs(told.Time.Ticks - first.Time.Ticks) < near)
            .Select(told => $"{told.Time} {told.What}");
        return string.Join('\n', [text, $"First missing: {first.Handle} at {first.Time}", .. story, .. spans]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Server.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private static EdgeAgent.OpcUa.Services.MessageSecurityMode Mode(SecurityPolicy policy) => policy.IsSecure
        ? EdgeAgent.OpcUa.Services.MessageSecurityMode.SignAndEncrypt
        : EdgeAgent.OpcUa.Services.MessageSecurityMode.None;

    private IEnumerable<(uint Handle, UaDateTime Time)> Missing() => Good()
        .Where(served => !Sink.HasDelivered(served.Handle, served.Time) && !Sink.IsLost(served.Handle, served.Time));

    private IEnumerable<(uint Handle, UaDateTime Time)> Good() => Server.Served.ToList()
        .Where(served => served.Value.Status.IsGood && !served.Value.SourceTime.IsNone)
        .Select(served => (_handles[served.Node], served.Value.SourceTime));
}
