using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>How a structure is encoded. Part 3, 8.48.</summary>
public sealed record StructureDefinition : IUaEncodable<StructureDefinition>
{
    public static uint EncodingId => 122;

    public NodeId DefaultEncodingId { get; init; }

    public NodeId BaseDataType { get; init; }

    public StructureType StructureType { get; init; }

    public IReadOnlyList<StructureField> Fields { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(DefaultEncodingId);
        writer.WriteNodeId(BaseDataType);
        writer.WriteEnum(StructureType);
        writer.WriteList(Fields);
    }

    public static StructureDefinition Decode(ref UaReader reader) => new()
    {
        DefaultEncodingId = reader.ReadNodeId(),
        BaseDataType = reader.ReadNodeId(),
        StructureType = reader.ReadEnum<StructureType>(),
        Fields = reader.ReadList<StructureField>(),
    };
}
