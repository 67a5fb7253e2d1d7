using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>One kind of user identity that an endpoint takes. Part 4, 7.42.</summary>
public sealed record UserTokenPolicy : IUaEncodable<UserTokenPolicy>
{
    public static uint EncodingId => 306;

    public string? PolicyId { get; init; }

    public UserTokenType TokenType { get; init; }

    public string? IssuedTokenType { get; init; }

    public string? IssuerEndpointUrl { get; init; }

    public string? SecurityPolicyUri { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(PolicyId);
        writer.WriteEnum(TokenType);
        writer.WriteString(IssuedTokenType);
        writer.WriteString(IssuerEndpointUrl);
        writer.WriteString(SecurityPolicyUri);
    }

    public static UserTokenPolicy Decode(ref UaReader reader) => new()
    {
        PolicyId = reader.ReadString(),
        TokenType = reader.ReadEnum<UserTokenType>(),
        IssuedTokenType = reader.ReadString(),
        IssuerEndpointUrl = reader.ReadString(),
        SecurityPolicyUri = reader.ReadString(),
    };
}
