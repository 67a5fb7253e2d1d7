using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Which software a server is. Part 5, 12.4.</summary>
public sealed record BuildInfo : IUaEncodable<BuildInfo>
{
    public static uint EncodingId => 340;

    public string? ProductUri { get; init; }

    public string? ManufacturerName { get; init; }

    public string? ProductName { get; init; }

    public string? SoftwareVersion { get; init; }

    public string? BuildNumber { get; init; }

    public UaDateTime BuildDate { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(ProductUri);
        writer.WriteString(ManufacturerName);
        writer.WriteString(ProductName);
        writer.WriteString(SoftwareVersion);
        writer.WriteString(BuildNumber);
        writer.WriteDateTime(BuildDate);
    }

    public static BuildInfo Decode(ref UaReader reader) => new()
    {
        ProductUri = reader.ReadString(),
        ManufacturerName = reader.ReadString(),
        ProductName = reader.ReadString(),
        SoftwareVersion = reader.ReadString(),
        BuildNumber = reader.ReadString(),
        BuildDate = reader.ReadDateTime(),
    };
}
