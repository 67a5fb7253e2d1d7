using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A session that waits to be activated. Part 4, 5.7.2.</summary>
public sealed record CreateSessionResponse : IUaResponse<CreateSessionResponse>
{
    public static uint EncodingId => 464;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public NodeId SessionId { get; init; }

    public NodeId AuthenticationToken { get; init; }

    /// <summary>Milliseconds.</summary>
    public double RevisedSessionTimeout { get; init; }

    public byte[]? ServerNonce { get; init; }

    public byte[]? ServerCertificate { get; init; }

    public IReadOnlyList<EndpointDescription> ServerEndpoints { get; init; } = [];

    public IReadOnlyList<SignedSoftwareCertificate> ServerSoftwareCertificates { get; init; } = [];

    public SignatureData ServerSignature { get; init; } = new();

    /// <summary>Bytes; 0 is no limit.</summary>
    public uint MaxRequestMessageSize { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteNodeId(SessionId);
        writer.WriteNodeId(AuthenticationToken);
        writer.WriteDouble(RevisedSessionTimeout);
        writer.WriteByteString(ServerNonce);
        writer.WriteByteString(ServerCertificate);
        writer.WriteList(ServerEndpoints);
        writer.WriteList(ServerSoftwareCertificates);
        ServerSignature.Encode(writer);
        writer.WriteUInt32(MaxRequestMessageSize);
    }

    public static CreateSessionResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        SessionId = reader.ReadNodeId(),
        AuthenticationToken = reader.ReadNodeId(),
        RevisedSessionTimeout = reader.ReadDouble(),
        ServerNonce = reader.ReadByteString(),
        ServerCertificate = reader.ReadByteString(),
        ServerEndpoints = reader.ReadList<EndpointDescription>(),
        ServerSoftwareCertificates = reader.ReadList<SignedSoftwareCertificate>(),
        ServerSignature = SignatureData.Decode(ref reader),
        MaxRequestMessageSize = reader.ReadUInt32(),
    };
}
