using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>One field of a structure. Part 3, 8.51.</summary>
public sealed record StructureField : IUaEncodable<StructureField>
{
    public static uint EncodingId => 14844;

    public string? Name { get; init; }

    public LocalizedText Description { get; init; }

    public NodeId DataType { get; init; }

    /// <summary>-1 scalar, 1 array, more for matrices.</summary>
    public int ValueRank { get; init; }

    /// <summary>Of a matrix with fixed size; 0 is open.</summary>
    public IReadOnlyList<uint> ArrayDimensions { get; init; } = [];

    public uint MaxStringLength { get; init; }

    public bool IsOptional { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Name);
        writer.WriteLocalizedText(Description);
        writer.WriteNodeId(DataType);
        writer.WriteInt32(ValueRank);
        writer.WriteUInt32s(ArrayDimensions);
        writer.WriteUInt32(MaxStringLength);
        writer.WriteBoolean(IsOptional);
    }

    public static StructureField Decode(ref UaReader reader) => new()
    {
        Name = reader.ReadString(),
        Description = reader.ReadLocalizedText(),
        DataType = reader.ReadNodeId(),
        ValueRank = reader.ReadInt32(),
        ArrayDimensions = reader.ReadUInt32s(),
        MaxStringLength = reader.ReadUInt32(),
        IsOptional = reader.ReadBoolean(),
    };
}
