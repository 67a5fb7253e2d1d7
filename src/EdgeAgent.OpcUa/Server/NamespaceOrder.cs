using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// Which index each namespace of the space has on the wire. A restart may give another order, take namespaces away,
/// whose nodes then do not exist, and bring in new ones.
/// </summary>
internal sealed class NamespaceOrder
{
    private const int Absent = -1;

    private readonly int[] _wireOf;
    private readonly int[] _spaceOf;

    /// <param name="space">URIs by their index in the space.</param>
    /// <param name="wire">URIs by their index on the wire; that of OPC UA must stand first.</param>
    public NamespaceOrder(IReadOnlyList<string> space, IReadOnlyList<string> wire)
    {
        if (wire.Count == 0 || wire[0] != NamespaceUris.OpcUa || wire.Distinct().Count() != wire.Count)
        {
            throw new ArgumentException($"{NamespaceUris.OpcUa} stands first, and none twice.", nameof(wire));
        }

        Uris = [.. wire];
        _wireOf = [.. space.Select(uri => IndexOf(wire, uri))];
        _spaceOf = [.. wire.Select(uri => IndexOf(space, uri))];
        IsIdentity = space.SequenceEqual(wire);
    }

    /// <summary>The NamespaceArray.</summary>
    public IReadOnlyList<string> Uris { get; }

    /// <summary>Nothing need be translated.</summary>
    public bool IsIdentity { get; }

    /// <summary>The index in the space, or -1.</summary>
    public int ToSpace(ushort wire) => wire < _spaceOf.Length ? _spaceOf[wire] : Absent;

    /// <summary>The index on the wire, or -1.</summary>
    public int ToWire(ushort space) => space < _wireOf.Length ? _wireOf[space] : Absent;

    public bool IsOnWire(NodeId id) => ToWire(id.NamespaceIndex) >= 0;

    /// <summary>The id as a client sees it; of a namespace that is gone, the null id.</summary>
    public NodeId ToWire(NodeId id) =>
        id.NamespaceIndex == 0 ? id
        : ToWire(id.NamespaceIndex) is var index and >= 0 ? id.InNamespace((ushort)index)
        : default;

    private static int IndexOf(IReadOnlyList<string> uris, string uri)
    {
        for (var i = 0; i < uris.Count; i++)
        {
            if (uris[i] == uri)
            {
                return i;
            }
        }

        return Absent;
    }
}
