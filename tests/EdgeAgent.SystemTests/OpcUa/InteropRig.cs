using System.Text.Json.Nodes;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// The node-opcua servers of the tests that leave them as they are, each started by the first test that asks for it,
/// and a client that trusts them. Where there is no node-opcua, a test is skipped when it asks.
/// </summary>
public sealed class InteropRig : IAsyncDisposable
{
    internal const int HistoryPoints = 1_000;

    /// <summary>Fewer than the tests read at once, so that the client has to make several requests of it.</summary>
    private const int NodesPerRead = 50;

    private readonly Lazy<Task<NodeOpcUa>> _server;
    private readonly Lazy<Task<NodeOpcUa>> _strictServer;

    public InteropRig()
    {
        _server = new(() => StartAsync(new()
        {
            ["historyPoints"] = HistoryPoints,
            ["limits"] = new JsonObject { ["maxNodesPerRead"] = NodesPerRead },
        }));
        _strictServer = new(() => StartAsync(new() { ["trustAll"] = false, ["anonymous"] = false }));
    }

    internal InteropClient Client { get; } = new();

    internal Task<NodeOpcUa> ServerAsync() => _server.Value;

    /// <summary>One that trusts no certificate and lets in nobody without a name.</summary>
    internal Task<NodeOpcUa> StrictServerAsync() => _strictServer.Value;

    /// <summary>A session with the first server, under Aes256_Sha256_RsaPss or without security.</summary>
    internal async Task<ClientSession> ConnectAsync(bool isEncrypted)
    {
        var settings = InteropClient.None(await ServerAsync());
        return await Client.ConnectAsync(isEncrypted ? settings with { Policy = null } : settings);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { _server, _strictServer })
        {
            if (server.IsValueCreated && server.Value.IsCompletedSuccessfully)
            {
                await (await server.Value).DisposeAsync();
            }
        }

        Client.Dispose();
    }

    private async Task<NodeOpcUa> StartAsync(JsonObject options)
    {
        var server = await NodeOpcUa.StartServerAsync(options);
        Client.Trust(server.Certificate);
        return server;
    }
}

[CollectionDefinition(Name)]
public sealed class InteropCollection : ICollectionFixture<InteropRig>
{
    public const string Name = "node-opcua";
}
