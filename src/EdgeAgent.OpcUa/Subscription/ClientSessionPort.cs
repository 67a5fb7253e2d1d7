using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A real session.</summary>
internal sealed class ClientSessionPort(ClientSession session) : ISessionPort
{
    private NamespaceTable _namespaces = session.Namespaces;

    public RequestHeader Header { get; private set; } = session.Header();

    // The session's own defaults are not what the server says; a profile knows better.
    public SessionLimits Limits => new()
    {
        ItemsPerCall = session.Limits.SaysMonitoredItemsPerCall ? session.Limits.MonitoredItemsPerCall : null,
        NodesPerRead = session.Limits.NodesPerRead == ServerLimits.DefaultNodesPerRead
            ? null : session.Limits.NodesPerRead,
        NodesPerHistoryRead = session.Limits.NodesPerHistoryRead,
    };

    public DecodingLimits Decoding => session.Channel.Settings.Decoding;

    public Task Closed => session.Closed;

    public OpcUaException? Failure => session.Failure;

    public bool TryResolve(NodeAddress address, out NodeId id) => _namespaces.TryResolve(address, out id);

    public Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse> =>
        session.CallAsync<TRequest, TResponse>(request, cancellationToken);

    public void Post<TRequest>(TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest> => session.Channel.Post(request, handler, timeout);

    public Task ResendDataAsync(uint subscriptionId, CancellationToken cancellationToken) =>
        session.ResendDataAsync(subscriptionId, cancellationToken);

    public async Task<IReadOnlyList<(uint ItemId, uint Handle)>> GetMonitoredItemsAsync(
        uint subscriptionId, CancellationToken cancellationToken)
    {
        var (ids, handles) = await session.GetMonitoredItemsAsync(subscriptionId, cancellationToken);
        return [.. ids.Zip(handles)];
    }

    public async Task ReactivateAsync(CancellationToken cancellationToken)
    {
        await session.ReactivateAsync(cancellationToken);
        (_namespaces, Header) = (session.Namespaces, session.Header());
    }

    public async Task RefreshNamespacesAsync(CancellationToken cancellationToken)
    {
        var values = await session.ReadAttributeAsync(
            [ServerNodes.NamespaceArray], AttributeIds.Value, cancellationToken);
        if (values is [{ Status.IsBad: false, Value.Array.Elements: string?[] uris }])
        {
            _namespaces = new(uris);
        }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
