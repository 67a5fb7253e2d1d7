using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A notification message that has arrived and may be forgotten. Part 4, 5.14.5.</summary>
public sealed record SubscriptionAcknowledgement : IUaEncodable<SubscriptionAcknowledgement>
{
    public static uint EncodingId => 823;

    public uint SubscriptionId { get; init; }

    public uint SequenceNumber { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32(SequenceNumber);
    }

    public static SubscriptionAcknowledgement Decode(ref UaReader reader) => new()
    {
        SubscriptionId = reader.ReadUInt32(),
        SequenceNumber = reader.ReadUInt32(),
    };
}
