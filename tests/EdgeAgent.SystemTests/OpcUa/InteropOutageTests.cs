using System.Text.Json.Nodes;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// node-opcua breaks off in the middle. Its counters count without a gap, in each namespace from another number, so
/// that a value that is missing, comes twice or stands at the wrong tag shows.
/// </summary>
public sealed class InteropOutageTests(InteropOutageTests.Rig rig) : IClassFixture<InteropOutageTests.Rig>
{
    private const uint Line = 0;
    private const uint Press = 1;
    private const long PressBase = 1_000_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_connection_that_is_cut_is_taken_up_again()
    {
        var server = await rig.ServerAsync();
        await using var run = Start(server);
        await run.WaitForMoreAsync(5, Line, Press);

        await server.DropConnectionsAsync();
        await run.WaitForMoreAsync(10, Line, Press);

        await run.StopAsync();
        ExpectOnceOrLost(run);
    }

    [Fact]
    public async Task Sessions_that_the_server_has_forgotten_are_made_anew()
    {
        var server = await rig.ServerAsync();
        await using var run = Start(server);
        await run.WaitForMoreAsync(5, Line, Press);

        await server.ForgetSessionsAsync();
        await run.WaitForMoreAsync(10, Line, Press);

        await run.StopAsync();
        ExpectOnceOrLost(run);
    }

    [Fact]
    public async Task After_a_restart_with_other_namespace_indexes_no_value_stands_at_the_wrong_tag()
    {
        var server = await rig.ServerAsync();
        await using var run = Start(server);
        await run.WaitForMoreAsync(5, Line, Press);

        await server.RestartAsync(Rig.Options(isReordered: true));
        await run.WaitForMoreAsync(10, Line, Press);

        await run.StopAsync();
        ExpectOnceOrLost(run);
        Assert.NotEmpty(run.Sink.Losses);
    }

    private InteropRun Start(NodeOpcUa server) => new(
        rig.Client,
        new() { Url = server.Url },
        new() { PublishingInterval = TimeSpan.FromMilliseconds(200), KeepAlive = TimeSpan.FromSeconds(2) },
        [$"nsu={InteropSession.Line};s=Counter", "nsu=urn:edgeagent:peer:press;s=Counter"],
        TimeSpan.Zero);

    private static void ExpectOnceOrLost(InteropRun run)
    {
        Assert.Empty(run.Sink.Refused);
        foreach (var tag in new[] { Line, Press })
        {
            var values = run.Sink.Rows
                .Where(row => row.Handle == tag && row.Origin != ValueOrigin.Confirmed)
                .Select(row => (
                    N: row.Value.Value.AsInt64()!.Value - (tag == Press ? PressBase : 0),
                    Time: row.Value.SourceTime))
                .OrderBy(value => value.Time)
                .ToList();
            Assert.All(values, value => Assert.InRange(value.N, 0, PressBase - 1));
            Assert.Equal(values.Distinct(), values);

            // A server that has started again counts from 0.
            foreach (var (before, after) in values.Zip(values.Skip(1)).Where(pair => pair.Second.N != pair.First.N + 1))
            {
                Assert.True(
                    run.Sink.Losses.Any(
                        span => span.From <= after.Time && before.Time <= span.To
                            && (span.Handles?.Contains(tag) ?? true)),
                    $"Tag {tag} has nothing between {before} and {after}. {run.Describe()}");
            }
        }
    }

    public sealed class Rig : IAsyncDisposable
    {
        private readonly Lazy<Task<NodeOpcUa>> _server;

        public Rig() => _server = new(StartAsync);

        internal InteropClient Client { get; } = new();

        internal static JsonObject Options(bool isReordered) =>
            new() { ["interval"] = Interval.TotalMilliseconds, ["reordered"] = isReordered };

        internal Task<NodeOpcUa> ServerAsync() => _server.Value;

        public async ValueTask DisposeAsync()
        {
            if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
            {
                await (await _server.Value).DisposeAsync();
            }

            Client.Dispose();
        }

        private async Task<NodeOpcUa> StartAsync()
        {
            var server = await NodeOpcUa.StartServerAsync(Options(isReordered: false));
            Client.Trust(server.Certificate);
            return server;
        }
    }
}
