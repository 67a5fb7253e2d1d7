using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Removes subscriptions. Part 4, 5.14.8.</summary>
public sealed record DeleteSubscriptionsRequest : IUaRequest<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>
{
    public static uint EncodingId => 847;

    public RequestHeader RequestHeader { get; init; } = new();

    public IReadOnlyList<uint> SubscriptionIds { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32s(SubscriptionIds);
    }

    public static DeleteSubscriptionsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionIds = reader.ReadUInt32s(),
    };
}
