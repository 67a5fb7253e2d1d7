using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A user by name and encrypted password. Part 4, 7.41.4.</summary>
public sealed record UserNameIdentityToken : IUaEncodable<UserNameIdentityToken>
{
    public static uint EncodingId => 324;

    public string? PolicyId { get; init; }

    public string? UserName { get; init; }

    /// <summary>Encrypted by the algorithm.</summary>
    public byte[]? Password { get; init; }

    public string? EncryptionAlgorithm { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(PolicyId);
        writer.WriteString(UserName);
        writer.WriteByteString(Password);
        writer.WriteString(EncryptionAlgorithm);
    }

    public static UserNameIdentityToken Decode(ref UaReader reader) => new()
    {
        PolicyId = reader.ReadString(),
        UserName = reader.ReadString(),
        Password = reader.ReadByteString(),
        EncryptionAlgorithm = reader.ReadString(),
    };
}
