namespace EdgeAgent.OpcUa.Binary;

/// <summary>A NodeId that may name its namespace by URI and may lie in another server (Part 4, 7.16).</summary>
/// <param name="NodeId">The id; its namespace index counts only where <paramref name="NamespaceUri"/> is null.</param>
/// <param name="NamespaceUri">The namespace, or null.</param>
/// <param name="ServerIndex">0 for this server, else an index into its table of servers.</param>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    public static implicit operator ExpandedNodeId(NodeId id) => new(id);

    public override string ToString() =>
        (ServerIndex == 0 ? "" : $"svr={ServerIndex};")
        + (NamespaceUri is null ? NodeId.ToString() : $"nsu={NamespaceUri};{NodeId.Identifier}");
}
