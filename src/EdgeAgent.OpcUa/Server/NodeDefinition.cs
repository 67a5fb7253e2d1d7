using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>A node that is no variable.</summary>
/// <param name="Name">Browse name in the namespace of the id; "0:Name" in that of the standard.</param>
public sealed record NodeDefinition(NodeClass Class, NodeId Id, string Name)
{
    /// <summary>Type definition of an object; null for all others.</summary>
    public NodeId Type { get; init; }
}
