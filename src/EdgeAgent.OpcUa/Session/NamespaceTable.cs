using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// Which index means which namespace, in one session (Part 4, 7.16; Part 5, 6.3.1). It is read at each activation,
/// because a server may number its namespaces anew when it starts: an index that was written down may then mean other
/// nodes.
/// </summary>
public sealed class NamespaceTable
{
    // An index has 16 bits.
    private const int MaxLength = 65_536;

    private readonly Dictionary<string, ushort> _indices = new(StringComparer.Ordinal);

    /// <param name="uris">The server's NamespaceArray.</param>
    public NamespaceTable(IReadOnlyList<string?> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        Uris = [.. uris.Take(MaxLength).Select(uri => uri ?? "")];
        for (var i = 0; i < Uris.Count; i++)
        {
            // Should a URI stand there twice, the first counts.
            if (Uris[i].Length > 0)
            {
                _indices.TryAdd(Uris[i], (ushort)i);
            }
        }

        _indices[NamespaceUris.OpcUa] = 0;
    }

    /// <summary>By index; empty where the server says nothing.</summary>
    public IReadOnlyList<string> Uris { get; }

    /// <summary>Whether two tables give every index the same meaning.</summary>
    public bool SameAs(NamespaceTable other) =>
        other is not null && Uris.SequenceEqual(other.Uris, StringComparer.Ordinal);

    /// <summary>
    /// False where the server no longer has the namespace: the node is then unknown, whatever else has its index.
    /// </summary>
    public bool TryResolve(NodeAddress address, out NodeId id)
    {
        if (address.NamespaceUri is null)
        {
            id = address.Id;
            return true;
        }

        var isKnown = _indices.TryGetValue(address.NamespaceUri, out var index);
        id = isKnown ? address.Id.InNamespace(index) : NodeId.Null;
        return isKnown;
    }

    /// <summary>
    /// The node of this server that is meant, or false: a namespace that is not here, or another server.
    /// </summary>
    public bool TryResolve(ExpandedNodeId expanded, out NodeId id)
    {
        if (expanded.ServerIndex != 0)
        {
            id = NodeId.Null;
            return false;
        }

        if (string.IsNullOrEmpty(expanded.NamespaceUri))
        {
            id = expanded.NodeId;
            return true;
        }

        return TryResolve(new NodeAddress(expanded.NamespaceUri, expanded.NodeId.InNamespace(0)), out id);
    }

    /// <summary>What may be written down, or null where the index has no URI.</summary>
    public NodeAddress? AddressOf(NodeId id) => id.NamespaceIndex switch
    {
        0 => new NodeAddress(null, id),
        var index when index < Uris.Count && Uris[index].Length > 0 => new NodeAddress(Uris[index], id.InNamespace(0)),
        _ => null,
    };
}
