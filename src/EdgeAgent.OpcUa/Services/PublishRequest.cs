using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Waits for a notification message. Part 4, 5.14.5.</summary>
public sealed record PublishRequest : IUaRequest<PublishRequest, PublishResponse>
{
    public static uint EncodingId => 826;

    public RequestHeader RequestHeader { get; init; } = new();

    public IReadOnlyList<SubscriptionAcknowledgement> SubscriptionAcknowledgements { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteList(SubscriptionAcknowledgements);
    }

    public static PublishRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionAcknowledgements = reader.ReadList<SubscriptionAcknowledgement>(),
    };
}
