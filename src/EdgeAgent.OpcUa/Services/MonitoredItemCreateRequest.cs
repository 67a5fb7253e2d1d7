using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>An item to be monitored. Part 4, 5.13.2.</summary>
public sealed record MonitoredItemCreateRequest : IUaEncodable<MonitoredItemCreateRequest>
{
    public static uint EncodingId => 745;

    public static int MemorySize => 256;

    public ReadValueId ItemToMonitor { get; init; } = new();

    public MonitoringMode MonitoringMode { get; init; }

    public MonitoringParameters RequestedParameters { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ItemToMonitor.Encode(writer);
        writer.WriteEnum(MonitoringMode);
        RequestedParameters.Encode(writer);
    }

    public static MonitoredItemCreateRequest Decode(ref UaReader reader) => new()
    {
        ItemToMonitor = ReadValueId.Decode(ref reader),
        MonitoringMode = reader.ReadEnum<MonitoringMode>(),
        RequestedParameters = MonitoringParameters.Decode(ref reader),
    };
}
