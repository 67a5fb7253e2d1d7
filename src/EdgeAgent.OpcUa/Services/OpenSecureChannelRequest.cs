using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Opens a secure channel or renews its token. Part 4, 5.6.2.</summary>
public sealed record OpenSecureChannelRequest : IUaRequest<OpenSecureChannelRequest, OpenSecureChannelResponse>
{
    public static uint EncodingId => 446;

    public RequestHeader RequestHeader { get; init; } = new();

    public uint ClientProtocolVersion { get; init; }

    public SecurityTokenRequestType RequestType { get; init; }

    public MessageSecurityMode SecurityMode { get; init; }

    public byte[]? ClientNonce { get; init; }

    /// <summary>Milliseconds.</summary>
    public uint RequestedLifetime { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteUInt32(ClientProtocolVersion);
        writer.WriteEnum(RequestType);
        writer.WriteEnum(SecurityMode);
        writer.WriteByteString(ClientNonce);
        writer.WriteUInt32(RequestedLifetime);
    }

    public static OpenSecureChannelRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        ClientProtocolVersion = reader.ReadUInt32(),
        RequestType = reader.ReadEnum<SecurityTokenRequestType>(),
        SecurityMode = reader.ReadEnum<MessageSecurityMode>(),
        ClientNonce = reader.ReadByteString(),
        RequestedLifetime = reader.ReadUInt32(),
    };
}
