using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Finds out what a server offers, and opens sessions. May be used for several servers at once.</summary>
/// <param name="own">Who this application is.</param>
/// <param name="validator">Decides whether a server is trusted; nobody else does.</param>
public sealed class OpcUaConnector(OwnCertificate own, CertificateValidator validator, TimeProvider clock)
{
    private const int DefaultPort = 4840;

    /// <summary>Endpoints of the server, over a channel without security: nothing in it is certain yet.</summary>
    /// <exception cref="OpcUaException">The server cannot be reached or does not answer properly.</exception>
    public async Task<IReadOnlyList<EndpointDescription>> GetEndpointsAsync(
        ConnectSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var channel = await OpenDiscoveryAsync(settings, cancellationToken);
        var request = new GetEndpointsRequest
        {
            EndpointUrl = Text(settings.Url),
            ProfileUris = [EndpointChoice.TransportProfile],
        };
        return (await channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(
            request, settings.ConnectTimeout, cancellationToken)).Endpoints;
    }

    /// <summary>Servers that this one knows, itself among them; as uncertain as the endpoints.</summary>
    /// <exception cref="OpcUaException">The server cannot be reached or does not answer properly.</exception>
    public async Task<IReadOnlyList<ApplicationDescription>> FindServersAsync(
        ConnectSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await using var channel = await OpenDiscoveryAsync(settings, cancellationToken);
        return (await channel.CallAsync<FindServersRequest, FindServersResponse>(
            new() { EndpointUrl = Text(settings.Url) }, settings.ConnectTimeout, cancellationToken)).Servers;
    }

    /// <summary>
    /// A session that is active: discovery, choice of the endpoint, trust, channel, log-in, namespaces, limits.
    /// </summary>
    /// <exception cref="OpcUaException">
    /// It cannot be had. BadCertificateUntrusted carries the thumbprint and the command that would trust the server.
    /// </exception>
    public async Task<ClientSession> ConnectAsync(ConnectSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var discovered = await GetEndpointsAsync(settings, cancellationToken);
        var chosen = EndpointChoice.Choose(discovered, settings);
        var server = new SecuredServer(settings, chosen, discovered, own, validator, clock);
        return await ClientSession.OpenAsync(server, cancellationToken);
    }

    internal static string Text(Uri url) => url.OriginalString.TrimEnd('/');

    /// <summary>The URL with the port that IANA has registered, where it has none.</summary>
    internal static Uri WithPort(Uri url) => url.Port > 0 ? url : new UriBuilder(url) { Port = DefaultPort }.Uri;

    private Task<ClientChannel> OpenDiscoveryAsync(ConnectSettings settings, CancellationToken cancellationToken) =>
        ClientChannel.OpenAsync(
            new()
            {
                EndpointUrl = WithPort(settings.Url),
                Limits = settings.Transport,
                Decoding = settings.Decoding,
                Lifetime = settings.ChannelLifetime,
                ConnectTimeout = settings.ConnectTimeout,
            },
            clock,
            cancellationToken);
}
