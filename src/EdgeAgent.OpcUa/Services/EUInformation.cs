using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>An engineering unit. Part 8, 5.6.3.</summary>
public sealed record EUInformation : IUaEncodable<EUInformation>
{
    public static uint EncodingId => 889;

    public string? NamespaceUri { get; init; }

    public int UnitId { get; init; }

    public LocalizedText DisplayName { get; init; }

    public LocalizedText Description { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(NamespaceUri);
        writer.WriteInt32(UnitId);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteLocalizedText(Description);
    }

    public static EUInformation Decode(ref UaReader reader) => new()
    {
        NamespaceUri = reader.ReadString(),
        UnitId = reader.ReadInt32(),
        DisplayName = reader.ReadLocalizedText(),
        Description = reader.ReadLocalizedText(),
    };
}
