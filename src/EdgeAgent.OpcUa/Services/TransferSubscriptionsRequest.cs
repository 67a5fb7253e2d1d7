using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Takes subscriptions over from another session. Part 4, 5.14.7.</summary>
public sealed record TransferSubscriptionsRequest
    : IUaRequest<TransferSubscriptionsRequest, TransferSubscriptionsResponse>
{
    public static uint EncodingId => 841;

    public RequestHeader RequestHeader { get; init; } = new();

    public IReadOnlyList<uint> SubscriptionIds { get; init; } = [];

    public bool SendInitialValues { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32s(SubscriptionIds);
        writer.WriteBoolean(SendInitialValues);
    }

    public static TransferSubscriptionsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionIds = reader.ReadUInt32s(),
        SendInitialValues = reader.ReadBoolean(),
    };
}
