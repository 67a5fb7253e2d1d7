using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>One way into a server. Part 4, 7.14.</summary>
public sealed record EndpointDescription : IUaEncodable<EndpointDescription>
{
    public static uint EncodingId => 314;

    public static int MemorySize => 136;

    public string? EndpointUrl { get; init; }

    public ApplicationDescription Server { get; init; } = new();

    public byte[]? ServerCertificate { get; init; }

    public MessageSecurityMode SecurityMode { get; init; }

    public string? SecurityPolicyUri { get; init; }

    public IReadOnlyList<UserTokenPolicy> UserIdentityTokens { get; init; } = [];

    public string? TransportProfileUri { get; init; }

    /// <summary>The server's own ranking; higher is better, and it is only a claim.</summary>
    public byte SecurityLevel { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(EndpointUrl);
        Server.Encode(writer);
        writer.WriteByteString(ServerCertificate);
        writer.WriteEnum(SecurityMode);
        writer.WriteString(SecurityPolicyUri);
        writer.WriteList(UserIdentityTokens);
        writer.WriteString(TransportProfileUri);
        writer.WriteByte(SecurityLevel);
    }

    public static EndpointDescription Decode(ref UaReader reader) => new()
    {
        EndpointUrl = reader.ReadString(),
        Server = ApplicationDescription.Decode(ref reader),
        ServerCertificate = reader.ReadByteString(),
        SecurityMode = reader.ReadEnum<MessageSecurityMode>(),
        SecurityPolicyUri = reader.ReadString(),
        UserIdentityTokens = reader.ReadList<UserTokenPolicy>(),
        TransportProfileUri = reader.ReadString(),
        SecurityLevel = reader.ReadByte(),
    };
}
