using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>New parameters of an item. Part 4, 5.13.3.</summary>
public sealed record MonitoredItemModifyRequest : IUaEncodable<MonitoredItemModifyRequest>
{
    public static uint EncodingId => 757;

    public static int MemorySize => 144;

    public uint MonitoredItemId { get; init; }

    public MonitoringParameters RequestedParameters { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(MonitoredItemId);
        RequestedParameters.Encode(writer);
    }

    public static MonitoredItemModifyRequest Decode(ref UaReader reader) => new()
    {
        MonitoredItemId = reader.ReadUInt32(),
        RequestedParameters = MonitoringParameters.Decode(ref reader),
    };
}
