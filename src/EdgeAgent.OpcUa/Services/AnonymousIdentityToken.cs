using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>No user. Part 4, 7.41.3.</summary>
public sealed record AnonymousIdentityToken : IUaEncodable<AnonymousIdentityToken>
{
    public static uint EncodingId => 321;

    public string? PolicyId { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(PolicyId);
    }

    public static AnonymousIdentityToken Decode(ref UaReader reader) => new()
    {
        PolicyId = reader.ReadString(),
    };
}
