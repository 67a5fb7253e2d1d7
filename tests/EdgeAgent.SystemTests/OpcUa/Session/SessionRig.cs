using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa.Session;

/// <summary>A server of our own with some nodes, and a client that trusts it.</summary>
internal sealed class SessionRig : IAsyncDisposable
{
    public const string Line = "urn:test:line";
    public const string Plant = "urn:test:plant";
    public const int Variables = 300;
    public const int HistoryLength = 950;

    public static readonly string[] Reordered = [NamespaceUris.OpcUa, Plant, Line];

    private readonly TempFolder _folder = new();
    private readonly OwnCertificate _own;

    public SessionRig(ServerSettings? settings = null)
    {
        var space = new AddressSpace();
        var (line, plant) = (space.AddNamespace(Line), space.AddNamespace(Plant));
        var folder = space.AddFolder(AddressSpace.Objects, new(line, "Press1"), "Press1");
        for (uint i = 0; i < Variables; i++)
        {
            var variable = new VariableDefinition(new(line, i + 1), $"V{i}") { Value = Variant.From((double)i) };
            space.AddVariable(folder, variable);
        }

        // Another node has the same identifier in the other namespace.
        var other = new VariableDefinition(new(plant, 1u), "Other") { Value = Variant.From(-1.0) };
        space.AddVariable(AddressSpace.Objects, other);
        History = space.AddVariable(folder, new VariableDefinition(new(line, "Hist"), "Hist")
        {
            HistoryLength = HistoryLength,
        });

        // Round and round: Organizes from the folder to itself and to its parent.
        space.AddReference(folder, new(35), folder);
        space.AddReference(folder, new(35), AddressSpace.Objects);
        for (var i = 0; i < HistoryLength; i++)
        {
            var time = new UaDateTime(HistoryStart.Ticks + (i * TimeSpan.TicksPerSecond));
            space.Set(History, Variant.From((double)i), default, time);
        }

        Server = new(settings ?? new(), space, TimeProvider.System);
        Server.Start();
        Store = CertificateStore.Open(_folder.Path);
        _own = Store.OpenOwn(
            new() { ApplicationName = "Tests", InstanceId = "session", HostNames = ["localhost"] },
            TimeProvider.System);
        Connector = new(_own, new(Store, TimeProvider.System, CertificateRules.Strict), TimeProvider.System);
        Trust();
    }

    public static UaDateTime HistoryStart { get; } = UaDateTime.From(new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

    public OpcUaServer Server { get; }

    public CertificateStore Store { get; }

    public OpcUaConnector Connector { get; }

    public OwnCertificate Own => _own;

    public int History { get; }

    public ConnectSettings Plain => new()
    {
        Url = Server.EndpointUrl,
        Policy = SecurityPolicy.None,
        KeepAliveInterval = TimeSpan.FromMinutes(10),
        RequestTimeout = TimeSpan.FromMinutes(1),
    };

    public ConnectSettings Secured => Plain with { Policy = null };

    public Task<ClientSession> ConnectAsync(ConnectSettings? settings = null) =>
        Connector.ConnectAsync(settings ?? Plain, TestContext.Current.CancellationToken);

    public static NodeId Resolve(ClientSession session, string address)
    {
        Assert.True(session.Namespaces.TryResolve(NodeAddress.Parse(address), out var id), address);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _own.Dispose();
        _folder.Dispose();
    }

    private void Trust()
    {
        var certificate = Certificate.TryRead(Server.Certificate.RawData, out var fault);
        Assert.True(certificate is not null, fault);
        Store.Trust(certificate);
    }
}
