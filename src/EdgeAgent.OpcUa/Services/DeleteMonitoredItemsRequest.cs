using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Removes items. Part 4, 5.13.6.</summary>
public sealed record DeleteMonitoredItemsRequest
    : IUaRequest<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>
{
    public static uint EncodingId => 781;

    public RequestHeader RequestHeader { get; init; } = new();

    public uint SubscriptionId { get; init; }

    public IReadOnlyList<uint> MonitoredItemIds { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32s(MonitoredItemIds);
    }

    public static DeleteMonitoredItemsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionId = reader.ReadUInt32(),
        MonitoredItemIds = reader.ReadUInt32s(),
    };
}
