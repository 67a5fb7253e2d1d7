using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The subscription itself has changed, as a rule ended. Part 4, 7.25.4.</summary>
public sealed record StatusChangeNotification : IUaEncodable<StatusChangeNotification>
{
    public static uint EncodingId => 820;

    public StatusCode Status { get; init; }

    public DiagnosticInfo? DiagnosticInfo { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(Status);
        writer.WriteDiagnosticInfo(DiagnosticInfo);
    }

    public static StatusChangeNotification Decode(ref UaReader reader) => new()
    {
        Status = reader.ReadStatusCode(),
        DiagnosticInfo = reader.ReadDiagnosticInfo(),
    };
}
