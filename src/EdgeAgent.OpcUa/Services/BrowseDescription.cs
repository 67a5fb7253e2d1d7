using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What to browse from one node. Part 4, 5.9.2.</summary>
public sealed record BrowseDescription : IUaEncodable<BrowseDescription>
{
    public static uint EncodingId => 516;

    public NodeId NodeId { get; init; }

    public BrowseDirection BrowseDirection { get; init; }

    public NodeId ReferenceTypeId { get; init; }

    public bool IncludeSubtypes { get; init; }

    public uint NodeClassMask { get; init; }

    public uint ResultMask { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(NodeId);
        writer.WriteEnum(BrowseDirection);
        writer.WriteNodeId(ReferenceTypeId);
        writer.WriteBoolean(IncludeSubtypes);
        writer.WriteUInt32(NodeClassMask);
        writer.WriteUInt32(ResultMask);
    }

    public static BrowseDescription Decode(ref UaReader reader) => new()
    {
        NodeId = reader.ReadNodeId(),
        BrowseDirection = reader.ReadEnum<BrowseDirection>(),
        ReferenceTypeId = reader.ReadNodeId(),
        IncludeSubtypes = reader.ReadBoolean(),
        NodeClassMask = reader.ReadUInt32(),
        ResultMask = reader.ReadUInt32(),
    };
}
