using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.LoadRunner;

/// <summary>
/// A connector with certificates of its own in a temporary folder. Whatever server the URL names is trusted: this is
/// for measurements, and the agent never does so.
/// </summary>
internal sealed class LoadSession : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loadrunner-").FullName;

    private LoadSession(LoadSettings settings)
    {
        Store = CertificateStore.Open(_folder);
        var own = Store.OpenOwn(
            new() { ApplicationName = "EdgeAgent load runner", InstanceId = "load", HostNames = ["localhost"] },
            TimeProvider.System);
        Connector = new(own, new(Store, TimeProvider.System, new()), TimeProvider.System);
        Connect = new()
        {
            Url = settings.Url,
            Policy = settings.Policy,
            Mode = settings.Policy.IsSecure ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
        };
    }

    public CertificateStore Store { get; }

    public OpcUaConnector Connector { get; }

    public ConnectSettings Connect { get; }

    public static async Task<LoadSession> PrepareAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        var session = new LoadSession(settings);
        foreach (var endpoint in await session.Connector.GetEndpointsAsync(session.Connect, cancellationToken))
        {
            if (endpoint.ServerCertificate is { Length: > 0 } der
                && Certificate.TryReadChain(der, out _) is [var leaf, ..])
            {
                session.Store.Trust(leaf);
            }
        }

        return session;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
