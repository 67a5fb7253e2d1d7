using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The values of an enumeration. Part 3, 8.50.</summary>
public sealed record EnumDefinition : IUaEncodable<EnumDefinition>
{
    public static uint EncodingId => 123;

    public IReadOnlyList<EnumField> Fields { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteList(Fields);
    }

    public static EnumDefinition Decode(ref UaReader reader) => new()
    {
        Fields = reader.ReadList<EnumField>(),
    };
}
