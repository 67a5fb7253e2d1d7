using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A user by certificate. Part 4, 7.41.5.</summary>
public sealed record X509IdentityToken : IUaEncodable<X509IdentityToken>
{
    public static uint EncodingId => 327;

    public string? PolicyId { get; init; }

    public byte[]? CertificateData { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(PolicyId);
        writer.WriteByteString(CertificateData);
    }

    public static X509IdentityToken Decode(ref UaReader reader) => new()
    {
        PolicyId = reader.ReadString(),
        CertificateData = reader.ReadByteString(),
    };
}
