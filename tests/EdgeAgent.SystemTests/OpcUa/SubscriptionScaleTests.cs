using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>A hundred thousand items on one server.</summary>
public sealed class SubscriptionScaleTests(ITestOutputHelper output)
{
    private const int Items = 100_000;
    private const string Uri = "urn:machine:a";

    [Theory]
    [InlineData(10_000)]
    [InlineData(500)]
    public async Task A_hundred_thousand_items_are_created_and_all_say_something(int operationsPerCall)
    {
        var space = new AddressSpace();
        var index = space.AddNamespace(Uri);
        var folder = space.AddFolder(AddressSpace.Objects, new(index, "All"), "All");
        var now = UaDateTime.From(TimeProvider.System.GetUtcNow());
        for (uint id = 1; id <= Items; id++)
        {
            space.Set(
                space.AddVariable(folder, new(index, id), $"V{id}", BuiltInType.Double), Variant.From((double)id),
                StatusCodes.Good, now);
        }

        await using var server = new OpcUaServer(
            new() { Endpoints = [EndpointSecurity.None], Limits = new() { OperationsPerCall = operationsPerCall } },
            space, TimeProvider.System);
        server.Start();
        using var client = new InteropClient();
        var connection = new ConnectSettings
        {
            Url = server.EndpointUrl,
            Policy = SecurityPolicy.None,
            Mode = MessageSecurityMode.None,
        };
        var sink = new FirstValueSink(Items + 1);
        var tags = Enumerable.Range(1, Items)
            .Select(id => new MonitoredTag((uint)id, new(Uri, new((uint)id)))).ToList();
        var runner = new SubscriptionRunner(
            token => client.Connector.ConnectAsync(connection, token), tags, new(), sink, TimeProvider.System);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var took = Stopwatch.StartNew();
        var run = runner.RunAsync(stopping.Token);
        try
        {
            await Eventually.TrueAsync(
                () => sink.First == Items && runner.Counters.Items == Items,
                () => $"{sink.First} first values, {runner.Counters.Items} items, {runner.State}, {run.Exception}");
            output.WriteLine($"{Items} items of {operationsPerCall} a call in {took.Elapsed.TotalSeconds:F1} s.");
        }
        finally
        {
            await stopping.CancelAsync();
            await run;
        }

        Assert.True(sink.Troubles.IsEmpty, string.Join("\n", sink.Troubles.Take(10)));
        Assert.Equal(Items, runner.Counters.Values);
    }

    private sealed class FirstValueSink(int handles) : IValueSink
    {
        private readonly bool[] _has = new bool[handles];
        private readonly ConcurrentQueue<string> _troubles = [];
        private int _first;

        public bool HasRoom => true;

        public int First => Volatile.Read(ref _first);

        /// <summary>Values of another node, refusals, losses.</summary>
        public ConcurrentQueue<string> Troubles => _troubles;

        public void Take(ValueColumns values, ValueOrigin origin)
        {
            for (var row = 0; row < values.Count; row++)
            {
                var handle = values.Handles[row];
                if (values.ReadVariant(row, DecodingLimits.Default).AsDouble() != handle)
                {
                    _troubles.Enqueue($"{handle} got another value");
                }

                if (!_has[handle])
                {
                    _has[handle] = true;
                    Interlocked.Increment(ref _first);
                }
            }
        }

        public void Bad(uint handle, StatusCode status) => _troubles.Enqueue($"{handle} is refused: {status}");

        public void Lost(LostSpan span) => _troubles.Enqueue($"{span}");
    }
}
