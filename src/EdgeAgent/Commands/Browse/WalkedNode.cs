using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Commands.Browse;

/// <summary>A node that the walk has come upon, with what the reference to it said.</summary>
internal sealed record WalkedNode
{
    /// <summary>Index of the node from which it was found first; -1 for where the walk began.</summary>
    public required int Parent { get; init; }

    /// <summary>References from where the walk began.</summary>
    public required int Depth { get; init; }

    public required NodeId Id { get; init; }

    public required QualifiedName Name { get; init; }

    /// <summary>For people, in the server's language.</summary>
    public required string DisplayName { get; init; }

    public required NodeClass Class { get; init; }

    public NodeId Type { get; init; }

    /// <summary>Whether it only describes its parent.</summary>
    public bool IsProperty { get; init; }

    public bool IsVariable => Class == NodeClass.Variable;
}
