using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>What was read of one DataType node of a server (Part 3, 5.8.3). The ids are those of one session.</summary>
public sealed record DataTypeNode
{
    public required NodeId Id { get; init; }

    /// <summary>The name of its BrowseName.</summary>
    public required string Name { get; init; }

    /// <summary>The other end of its inverse HasSubtype reference; null where the server shows none.</summary>
    public NodeId SuperType { get; init; }

    /// <summary>The attribute <see cref="AttributeIds.IsAbstract"/>.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>
    /// The attribute <see cref="AttributeIds.DataTypeDefinition"/> as it was read; null where there is none.
    /// </summary>
    public Variant Definition { get; init; }

    /// <summary>The value of its property EnumStrings or EnumValues; null where there is none.</summary>
    public Variant EnumTexts { get; init; }

    /// <summary>Its "Default Binary" encoding, where <see cref="Definition"/> does not name it.</summary>
    public NodeId BinaryEncodingId { get; init; }
}
