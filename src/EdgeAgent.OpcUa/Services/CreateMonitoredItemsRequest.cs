using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Adds items to a subscription. Part 4, 5.13.2.</summary>
public sealed record CreateMonitoredItemsRequest
    : IUaRequest<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>
{
    public static uint EncodingId => 751;

    public RequestHeader RequestHeader { get; init; } = new();

    public uint SubscriptionId { get; init; }

    public TimestampsToReturn TimestampsToReturn { get; init; }

    public IReadOnlyList<MonitoredItemCreateRequest> ItemsToCreate { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteEnum(TimestampsToReturn);
        writer.WriteList(ItemsToCreate);
    }

    public static CreateMonitoredItemsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionId = reader.ReadUInt32(),
        TimestampsToReturn = reader.ReadEnum<TimestampsToReturn>(),
        ItemsToCreate = reader.ReadList<MonitoredItemCreateRequest>(),
    };
}
