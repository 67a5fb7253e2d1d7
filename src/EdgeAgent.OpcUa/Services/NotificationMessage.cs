using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What a subscription has to say. Part 4, 7.26.</summary>
public sealed record NotificationMessage : IUaEncodable<NotificationMessage>
{
    public static uint EncodingId => 805;

    public uint SequenceNumber { get; init; }

    public UaDateTime PublishTime { get; init; }

    /// <summary>DataChangeNotification, StatusChangeNotification or EventNotificationList.</summary>
    public IReadOnlyList<ExtensionObject> NotificationData { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(SequenceNumber);
        writer.WriteDateTime(PublishTime);
        writer.WriteExtensionObjects(NotificationData);
    }

    public static NotificationMessage Decode(ref UaReader reader) => new()
    {
        SequenceNumber = reader.ReadUInt32(),
        PublishTime = reader.ReadDateTime(),
        NotificationData = reader.ReadExtensionObjects(),
    };
}
