using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>The client's end of a session with the model server.</summary>
internal sealed class ModelPort(ModelServer server, ModelSession session, ModelConnection connection) : ISessionPort
{
    private ModelConnection _connection = connection;
    private NamespaceTable _namespaces = new(server.Uris);

    public RequestHeader Header { get; } = new();

    public SessionLimits Limits { get; init; } = new();

    public DecodingLimits Decoding => DecodingLimits.Default;

    public Task Closed => _connection.Closed;

    public OpcUaException? Failure => _connection.Failure;

    public bool TryResolve(NodeAddress address, out NodeId id) => _namespaces.TryResolve(address, out id);

    public Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse> =>
        server.CallAsync<TRequest, TResponse>(session, _connection, request);

    public void Post<TRequest>(TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest> => server.Post(session, _connection, request, handler, timeout);

    public async Task ResendDataAsync(uint subscriptionId, CancellationToken cancellationToken)
    {
        await RefreshNamespacesAsync(cancellationToken);
        server.Resend(session, subscriptionId);
    }

    public async Task<IReadOnlyList<(uint ItemId, uint Handle)>> GetMonitoredItemsAsync(
        uint subscriptionId, CancellationToken cancellationToken)
    {
        await RefreshNamespacesAsync(cancellationToken);
        server.ThrowUnlessMethods();
        return [.. server.Subscription(session, subscriptionId).Items.Select(item => (item.Id, item.Handle))];
    }

    public async Task ReactivateAsync(CancellationToken cancellationToken)
    {
        var connection = await server.ReopenAsync(session, cancellationToken);
        _connection.End(StatusCodes.BadConnectionClosed);
        _connection = connection;
        _namespaces = new(server.Uris);
    }

    // Costs a round trip, as it does in truth.
    public async Task RefreshNamespacesAsync(CancellationToken cancellationToken)
    {
        await CallAsync<ReadRequest, ReadResponse>(new(), cancellationToken);
        _namespaces = new(server.Uris);
    }

    public ValueTask DisposeAsync()
    {
        if (_connection.IsOpen)
        {
            server.Close(session);
            _connection.End(StatusCodes.BadConnectionClosed);
        }

        return ValueTask.CompletedTask;
    }
}
