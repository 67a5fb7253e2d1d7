using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// What this room needs of a session. Disposing closes the session, with its subscriptions where the server can still
/// be reached, and does not throw.
/// </summary>
internal interface ISessionPort : IAsyncDisposable
{
    /// <summary>What every request of this session begins with.</summary>
    RequestHeader Header { get; }

    SessionLimits Limits { get; }

    DecodingLimits Decoding { get; }

    /// <summary>
    /// Completes, and never faults, when the connection has ended; another task after each activation.
    /// </summary>
    Task Closed { get; }

    /// <summary>Why the connection ended.</summary>
    OpcUaException? Failure { get; }

    /// <summary>By the server's namespace table as it was at the last activation or refresh.</summary>
    bool TryResolve(NodeAddress address, out NodeId id);

    /// <exception cref="OpcUaException">The server refused the request, or did not answer.</exception>
    Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse>;

    /// <exception cref="OpcUaException">It was not sent; the handler will not be called.</exception>
    void Post<TRequest>(TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest>;

    /// <summary>Asks that a subscription reports all values once more (Part 5, 9.2).</summary>
    /// <exception cref="OpcUaException">The server refused, or has no such method.</exception>
    Task ResendDataAsync(uint subscriptionId, CancellationToken cancellationToken);

    /// <summary>
    /// The items of a subscription as the server has them (Part 5, 9.1): ids and client handles in pairs.
    /// </summary>
    /// <exception cref="OpcUaException">The server refused, or has no such method.</exception>
    Task<IReadOnlyList<(uint ItemId, uint Handle)>> GetMonitoredItemsAsync(
        uint subscriptionId, CancellationToken cancellationToken);

    /// <summary>The same session on a new connection.</summary>
    /// <exception cref="OpcUaException">
    /// BadSessionIdInvalid and its like: the server no longer has the session. Others: try again.
    /// </exception>
    Task ReactivateAsync(CancellationToken cancellationToken);

    /// <summary>Reads the namespace table again.</summary>
    Task RefreshNamespacesAsync(CancellationToken cancellationToken);
}
