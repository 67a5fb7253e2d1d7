using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Creates a subscription. Part 4, 5.14.2.</summary>
public sealed record CreateSubscriptionRequest : IUaRequest<CreateSubscriptionRequest, CreateSubscriptionResponse>
{
    public static uint EncodingId => 787;

    public RequestHeader RequestHeader { get; init; } = new();

    /// <summary>Milliseconds.</summary>
    public double RequestedPublishingInterval { get; init; }

    /// <summary>Publishing intervals without a Publish request after which the subscription ends.</summary>
    public uint RequestedLifetimeCount { get; init; }

    /// <summary>Publishing intervals without news after which the server says that it is alive.</summary>
    public uint RequestedMaxKeepAliveCount { get; init; }

    /// <summary>0 is no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; }

    public bool PublishingEnabled { get; init; }

    public byte Priority { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteDouble(RequestedPublishingInterval);
        writer.WriteUInt32(RequestedLifetimeCount);
        writer.WriteUInt32(RequestedMaxKeepAliveCount);
        writer.WriteUInt32(MaxNotificationsPerPublish);
        writer.WriteBoolean(PublishingEnabled);
        writer.WriteByte(Priority);
    }

    public static CreateSubscriptionRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        RequestedPublishingInterval = reader.ReadDouble(),
        RequestedLifetimeCount = reader.ReadUInt32(),
        RequestedMaxKeepAliveCount = reader.ReadUInt32(),
        MaxNotificationsPerPublish = reader.ReadUInt32(),
        PublishingEnabled = reader.ReadBoolean(),
        Priority = reader.ReadByte(),
    };
}
