using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A response (Part 4, 5.3).</summary>
public interface IUaResponse<TSelf> : IUaEncodable<TSelf>
{
    ResponseHeader ResponseHeader { get; init; }
}
