using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What every response begins with. Part 4, 7.34.</summary>
public sealed record ResponseHeader : IUaEncodable<ResponseHeader>
{
    public static uint EncodingId => 394;

    public UaDateTime Timestamp { get; init; }

    public uint RequestHandle { get; init; }

    public StatusCode ServiceResult { get; init; }

    public DiagnosticInfo? ServiceDiagnostics { get; init; }

    public IReadOnlyList<string?> StringTable { get; init; } = [];

    public ExtensionObject AdditionalHeader { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(RequestHandle);
        writer.WriteStatusCode(ServiceResult);
        writer.WriteDiagnosticInfo(ServiceDiagnostics);
        writer.WriteStrings(StringTable);
        writer.WriteExtensionObject(AdditionalHeader);
    }

    public static ResponseHeader Decode(ref UaReader reader) => new()
    {
        Timestamp = reader.ReadDateTime(),
        RequestHandle = reader.ReadUInt32(),
        ServiceResult = reader.ReadStatusCode(),
        ServiceDiagnostics = reader.ReadDiagnosticInfo(),
        StringTable = reader.ReadStrings(),
        AdditionalHeader = reader.ReadExtensionObject(),
    };
}
