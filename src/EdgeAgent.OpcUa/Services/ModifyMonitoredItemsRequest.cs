using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Changes items. Part 4, 5.13.3.</summary>
public sealed record ModifyMonitoredItemsRequest
    : IUaRequest<ModifyMonitoredItemsRequest, ModifyMonitoredItemsResponse>
{
    public static uint EncodingId => 763;

    public RequestHeader RequestHeader { get; init; } = new();

    public uint SubscriptionId { get; init; }

    public TimestampsToReturn TimestampsToReturn { get; init; }

    public IReadOnlyList<MonitoredItemModifyRequest> ItemsToModify { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteEnum(TimestampsToReturn);
        writer.WriteList(ItemsToModify);
    }

    public static ModifyMonitoredItemsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionId = reader.ReadUInt32(),
        TimestampsToReturn = reader.ReadEnum<TimestampsToReturn>(),
        ItemsToModify = reader.ReadList<MonitoredItemModifyRequest>(),
    };
}
