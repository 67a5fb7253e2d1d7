using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A reference and the node at its other end. Part 4, 7.30.</summary>
public sealed record ReferenceDescription : IUaEncodable<ReferenceDescription>
{
    public static uint EncodingId => 520;

    public static int MemorySize => 104;

    public NodeId ReferenceTypeId { get; init; }

    public bool IsForward { get; init; }

    public ExpandedNodeId NodeId { get; init; }

    public QualifiedName BrowseName { get; init; }

    public LocalizedText DisplayName { get; init; }

    public NodeClass NodeClass { get; init; }

    public ExpandedNodeId TypeDefinition { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(ReferenceTypeId);
        writer.WriteBoolean(IsForward);
        writer.WriteExpandedNodeId(NodeId);
        writer.WriteQualifiedName(BrowseName);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteEnum(NodeClass);
        writer.WriteExpandedNodeId(TypeDefinition);
    }

    public static ReferenceDescription Decode(ref UaReader reader) => new()
    {
        ReferenceTypeId = reader.ReadNodeId(),
        IsForward = reader.ReadBoolean(),
        NodeId = reader.ReadExpandedNodeId(),
        BrowseName = reader.ReadQualifiedName(),
        DisplayName = reader.ReadLocalizedText(),
        NodeClass = reader.ReadEnum<NodeClass>(),
        TypeDefinition = reader.ReadExpandedNodeId(),
    };
}
