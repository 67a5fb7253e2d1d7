using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Not used since 1.04, but on the wire. Part 4, 7.38.</summary>
public sealed record SignedSoftwareCertificate : IUaEncodable<SignedSoftwareCertificate>
{
    public static uint EncodingId => 346;

    public byte[]? CertificateData { get; init; }

    public byte[]? Signature { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteByteString(CertificateData);
        writer.WriteByteString(Signature);
    }

    public static SignedSoftwareCertificate Decode(ref UaReader reader) => new()
    {
        CertificateData = reader.ReadByteString(),
        Signature = reader.ReadByteString(),
    };
}
