using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A request and the response that answers it (Part 4, 5.3).</summary>
public interface IUaRequest<TSelf, TResponse> : IUaEncodable<TSelf>
    where TResponse : IUaResponse<TResponse>
{
    RequestHeader RequestHeader { get; init; }
}
