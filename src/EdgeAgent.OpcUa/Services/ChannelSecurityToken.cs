using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The keys of a secure channel by their id and life. Part 4, 5.6.2.</summary>
public sealed record ChannelSecurityToken : IUaEncodable<ChannelSecurityToken>
{
    public static uint EncodingId => 443;

    public uint ChannelId { get; init; }

    public uint TokenId { get; init; }

    public UaDateTime CreatedAt { get; init; }

    /// <summary>Milliseconds.</summary>
    public uint RevisedLifetime { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(ChannelId);
        writer.WriteUInt32(TokenId);
        writer.WriteDateTime(CreatedAt);
        writer.WriteUInt32(RevisedLifetime);
    }

    public static ChannelSecurityToken Decode(ref UaReader reader) => new()
    {
        ChannelId = reader.ReadUInt32(),
        TokenId = reader.ReadUInt32(),
        CreatedAt = reader.ReadDateTime(),
        RevisedLifetime = reader.ReadUInt32(),
    };
}
