using System.Globalization;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// The id of a node in one session (Part 3, 8.2): the namespace is an index into the server's table, which may differ
/// after a restart. What is written down is a <see cref="NodeAddress"/>.
/// </summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    private readonly object? _identifier;

    public NodeId(uint numeric)
        : this(0, numeric)
    {
    }

    public NodeId(ushort namespaceIndex, uint numeric)
    {
        NamespaceIndex = namespaceIndex;
        Numeric = numeric;
    }

    public NodeId(ushort namespaceIndex, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (NamespaceIndex, IdType, _identifier) = (namespaceIndex, IdType.String, text);
    }

    public NodeId(ushort namespaceIndex, Guid guid) =>
        (NamespaceIndex, IdType, _identifier) = (namespaceIndex, IdType.Guid, guid);

    /// <param name="namespaceIndex">Index into the session's namespace table.</param>
    /// <param name="opaque">The identifier; not copied.</param>
    public NodeId(ushort namespaceIndex, byte[] opaque)
    {
        ArgumentNullException.ThrowIfNull(opaque);
        (NamespaceIndex, IdType, _identifier) = (namespaceIndex, IdType.Opaque, opaque);
    }

    private NodeId(ushort namespaceIndex, IdType idType, uint numeric, object? identifier) =>
        (NamespaceIndex, IdType, Numeric, _identifier) = (namespaceIndex, idType, numeric, identifier);

    public static NodeId Null => default;

    public ushort NamespaceIndex { get; }

    public IdType IdType { get; }

    /// <summary>The identifier of <see cref="IdType.Numeric"/>, else 0.</summary>
    public uint Numeric { get; }

    /// <summary>The identifier of <see cref="IdType.String"/>, else null.</summary>
    public string? Text => _identifier as string;

    /// <summary>The identifier of <see cref="IdType.Guid"/>, else empty.</summary>
    public Guid Guid => _identifier is Guid guid ? guid : Guid.Empty;

    /// <summary>The identifier of <see cref="IdType.Opaque"/>, else empty.</summary>
    public ReadOnlySpan<byte> Opaque => _identifier as byte[];

    public bool IsNull => NamespaceIndex == 0 && IdType switch
    {
        IdType.Numeric => Numeric == 0,
        IdType.String => Text is null or "",
        IdType.Guid => Guid == Guid.Empty,
        _ => Opaque.IsEmpty,
    };

    /// <summary>The same identifier in another namespace.</summary>
    public NodeId InNamespace(ushort index) => new(index, IdType, Numeric, _identifier);

    public bool Equals(NodeId other) =>
        NamespaceIndex == other.NamespaceIndex && IdType == other.IdType && Numeric == other.Numeric && IdType switch
        {
            IdType.Numeric => true,
            IdType.String => string.Equals(Text, other.Text, StringComparison.Ordinal),
            IdType.Guid => Guid == other.Guid,
            _ => Opaque.SequenceEqual(other.Opaque),
        };

    public override bool Equals(object? obj) => obj is NodeId other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        switch (IdType)
        {
            case IdType.Numeric:
                hash.Add(Numeric);
                break;
            case IdType.Opaque:
                hash.AddBytes(Opaque);
                break;
            default:
                hash.Add(_identifier);
                break;
        }

        return hash.ToHashCode();
    }

    /// <summary>The string form of Part 6, 5.3.1.10: "ns=1;s=Press1.Temp", "i=85".</summary>
    public override string ToString() =>
        NamespaceIndex == 0 ? Identifier
            : string.Create(CultureInfo.InvariantCulture, $"ns={NamespaceIndex};{Identifier}");

    /// <summary>The identifier with its letter: "i=85", "s=Press1", "g=…", "b=…" (Base64).</summary>
    public string Identifier => IdType switch
    {
        IdType.Numeric => string.Create(CultureInfo.InvariantCulture, $"i={Numeric}"),
        IdType.String => $"s={Text}",
        IdType.Guid => $"g={Guid:D}",
        _ => $"b={Convert.ToBase64String(Opaque)}",
    };

    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);
}
