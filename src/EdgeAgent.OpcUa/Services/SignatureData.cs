using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A signature and its algorithm. Part 4, 7.37.</summary>
public sealed record SignatureData : IUaEncodable<SignatureData>
{
    public static uint EncodingId => 458;

    public string? Algorithm { get; init; }

    public byte[]? Signature { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(Algorithm);
        writer.WriteByteString(Signature);
    }

    public static SignatureData Decode(ref UaReader reader) => new()
    {
        Algorithm = reader.ReadString(),
        Signature = reader.ReadByteString(),
    };
}
