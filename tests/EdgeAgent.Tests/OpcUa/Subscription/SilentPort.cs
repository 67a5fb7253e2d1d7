using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A session that takes every request and never answers.</summary>
internal sealed class SilentPort : ISessionPort
{
    public RequestHeader Header { get; } = new();

    public SessionLimits Limits { get; } = new();

    public DecodingLimits Decoding => DecodingLimits.Default;

    public Task Closed { get; } = new TaskCompletionSource().Task;

    public OpcUaException? Failure => null;

    public bool TryResolve(NodeAddress address, out NodeId id)
    {
        id = address.Id;
        return true;
    }

    public Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse> => new TaskCompletionSource<TResponse>().Task;

    public void Post<TRequest>(TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest>
    {
    }

    public Task ResendDataAsync(uint subscriptionId, CancellationToken cancellationToken) => Closed;

    public Task<IReadOnlyList<(uint ItemId, uint Handle)>> GetMonitoredItemsAsync(
        uint subscriptionId, CancellationToken cancellationToken) =>
        new TaskCompletionSource<IReadOnlyList<(uint ItemId, uint Handle)>>().Task;

    public Task ReactivateAsync(CancellationToken cancellationToken) => Closed;

    public Task RefreshNamespacesAsync(CancellationToken cancellationToken) => Closed;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
