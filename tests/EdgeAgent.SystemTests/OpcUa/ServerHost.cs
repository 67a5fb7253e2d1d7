using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The small server with a few variables on a free port, and the product's client to talk to it.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    public const string Plant = "urn:test:plant";

    public ServerHost(ServerSettings? settings = null)
    {
        Ns = Space.AddNamespace(Plant);
        Other = Space.AddNamespace("urn:test:other");
        Counter = Space.AddVariable(AddressSpace.Objects, new NodeId(Ns, "Counter"), "Counter", BuiltInType.UInt32);
        Space.AddVariable(AddressSpace.Objects, new NodeId(Other, "Counter"), "Counter", BuiltInType.UInt32);
        Server = new(settings ?? new(), Space, TimeProvider.System);
        Server.Start();
        Client.Trust(Server.Certificate.RawData);
    }

    public AddressSpace Space { get; } = new();

    public ushort Ns { get; }

    public ushort Other { get; }

    public int Counter { get; }

    public OpcUaServer Server { get; }

    public InteropClient Client { get; } = new();

    public ConnectSettings Settings => new()
    {
        Url = Server.EndpointUrl,
        Policy = SecurityPolicy.None,
        KeepAliveInterval = TimeSpan.FromMinutes(10),
        RequestTimeout = TimeSpan.FromSeconds(20),
    };

    public Task<ClientSession> ConnectAsync(ConnectSettings? settings = null) =>
        Client.ConnectAsync(settings ?? Settings);

    public static async Task<StatusCode> FailureAsync(Func<Task> action) =>
        (await Assert.ThrowsAsync<OpcUaException>(action)).Status;

    public static NodeId CounterOf(ClientSession session) => session.Resolve($"nsu={Plant};s=Counter");

    public static Task<DataValue> ReadAsync(ClientSession session) => session.ReadOneAsync(CounterOf(session));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Client.Dispose();
    }
}
