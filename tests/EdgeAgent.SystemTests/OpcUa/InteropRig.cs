using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// One node-opcua server for all tests that leave it as it is, started by the first of them, and a client that trusts
/// it. A test that cannot have it is skipped by asking for it.
/// </summary>
public sealed class InteropRig : IAsyncDisposable
{
    /// <summary>More values than one answer holds (ClientSession.HistoryPageValues).</summary>
    internal const int HistoryPoints = 5_000;

    private readonly Lazy<Task<NodeOpcUa>> _server;

    public InteropRig() => _server = new(StartAsync);

    internal InteropClient Client { get; } = new();

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
        var server = await NodeOpcUa.StartServerAsync(new()
        {
            ["historyPoints"] = HistoryPoints,
            ["limits"] = new System.Text.Json.Nodes.JsonObject { ["maxNodesPerRead"] = 50 },
        });
        Client.Trust(server.Certificate);
        return server;
    }
}

[CollectionDefinition(Name)]
public sealed class InteropCollection : ICollectionFixture<InteropRig>
{
    public const string Name = "node-opcua";
}
