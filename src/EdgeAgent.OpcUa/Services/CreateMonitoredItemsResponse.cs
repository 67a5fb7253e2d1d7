using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The items in the order of the request. Part 4, 5.13.2.</summary>
public sealed record CreateMonitoredItemsResponse : IUaResponse<CreateMonitoredItemsResponse>
{
    public static uint EncodingId => 754;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<MonitoredItemCreateResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static CreateMonitoredItemsResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<MonitoredItemCreateResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
