using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Gives a session its user and its channel. Part 4, 5.7.3.</summary>
public sealed record ActivateSessionRequest : IUaRequest<ActivateSessionRequest, ActivateSessionResponse>
{
    public static uint EncodingId => 467;

    public RequestHeader RequestHeader { get; init; } = new();

    public SignatureData ClientSignature { get; init; } = new();

    public IReadOnlyList<SignedSoftwareCertificate> ClientSoftwareCertificates { get; init; } = [];

    public IReadOnlyList<string?> LocaleIds { get; init; } = [];

    public ExtensionObject UserIdentityToken { get; init; }

    public SignatureData UserTokenSignature { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        ClientSignature.Encode(writer);
        writer.WriteList(ClientSoftwareCertificates);
        writer.WriteStrings(LocaleIds);
        writer.WriteExtensionObject(UserIdentityToken);
        UserTokenSignature.Encode(writer);
    }

    public static ActivateSessionRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        ClientSignature = SignatureData.Decode(ref reader),
        ClientSoftwareCertificates = reader.ReadList<SignedSoftwareCertificate>(),
        LocaleIds = reader.ReadStrings(),
        UserIdentityToken = reader.ReadExtensionObject(),
        UserTokenSignature = SignatureData.Decode(ref reader),
    };
}
