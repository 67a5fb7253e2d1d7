using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The client of the product as a user sets it up: certificate folders of its own, and sessions.</summary>
internal sealed class InteropClient : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OwnCertificate _own;

    public InteropClient()
    {
        Store = CertificateStore.Open(_folder.Path);
        _own = Store.OpenOwn(
            new() { ApplicationName = "EdgeAgent tests", InstanceId = "interop", HostNames = ["localhost"] },
            TimeProvider.System);
        Connector = new(_own, new(Store, TimeProvider.System, CertificateRules.Strict), TimeProvider.System);
    }

    public CertificateStore Store { get; }

    public OpcUaConnector Connector { get; }

    public OwnCertificate Own => _own;

    public static ConnectSettings None(NodeOpcUa server) =>
        new() { Url = server.Url, Policy = SecurityPolicy.None, KeepAliveInterval = TimeSpan.FromMinutes(10) };

    public void Trust(byte[] server)
    {
        var certificate = Certificate.TryRead(server, out var fault);
        Assert.True(certificate is not null, fault);
        Store.Trust(certificate);
    }

    public Task<ClientSession> ConnectAsync(ConnectSettings settings) =>
        Connector.ConnectAsync(settings, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _own.Dispose();
        _folder.Dispose();
    }
}

/// <summary>What the tests ask of a session.</summary>
internal static class InteropSession
{
    public const string Line = "urn:edgeagent:peer:line";

    public static NodeId Resolve(this ClientSession session, string address)
    {
        Assert.True(session.Namespaces.TryResolve(NodeAddress.Parse(address), out var id), address);
        return id;
    }

    /// <summary>A node of the namespace urn:edgeagent:peer:line.</summary>
    public static NodeId OnLine(this ClientSession session, string identifier) =>
        session.Resolve($"nsu={Line};s={identifier}");

    public static Task<IReadOnlyList<DataValue>> ReadValuesAsync(
        this ClientSession session, IEnumerable<NodeId> nodes) => session.ReadAsync(
            [.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })],
            TimestampsToReturn.Both,
            TimeSpan.Zero,
            TestContext.Current.CancellationToken);

    public static async Task<DataValue> ReadOneAsync(this ClientSession session, NodeId node) =>
        Assert.Single(await session.ReadValuesAsync([node]));
}
