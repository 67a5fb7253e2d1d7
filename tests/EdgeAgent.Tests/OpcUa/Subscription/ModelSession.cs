using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A session of the model server.</summary>
internal sealed class ModelSession
{
    /// <summary>Publish requests that wait, and the connections on which they came.</summary>
    public List<(ModelConnection Connection, ResponseHandler Handler)> Publish { get; } = [];
}
