using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What every request begins with. Part 4, 7.33.</summary>
public sealed record RequestHeader : IUaEncodable<RequestHeader>
{
    public static uint EncodingId => 391;

    /// <summary>The secret of the session; null outside one.</summary>
    public NodeId AuthenticationToken { get; init; }

    public UaDateTime Timestamp { get; init; }

    public uint RequestHandle { get; init; }

    public uint ReturnDiagnostics { get; init; }

    public string? AuditEntryId { get; init; }

    /// <summary>Milliseconds after which the client no longer waits; 0 is none.</summary>
    public uint TimeoutHint { get; init; }

    public ExtensionObject AdditionalHeader { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(AuthenticationToken);
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(RequestHandle);
        writer.WriteUInt32(ReturnDiagnostics);
        writer.WriteString(AuditEntryId);
        writer.WriteUInt32(TimeoutHint);
        writer.WriteExtensionObject(AdditionalHeader);
    }

    public static RequestHeader Decode(ref UaReader reader) => new()
    {
        AuthenticationToken = reader.ReadNodeId(),
        Timestamp = reader.ReadDateTime(),
        RequestHandle = reader.ReadUInt32(),
        ReturnDiagnostics = reader.ReadUInt32(),
        AuditEntryId = reader.ReadString(),
        TimeoutHint = reader.ReadUInt32(),
        AdditionalHeader = reader.ReadExtensionObject(),
    };
}
