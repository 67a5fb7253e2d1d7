using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The items in the order of the request. Part 4, 5.13.3.</summary>
public sealed record ModifyMonitoredItemsResponse : IUaResponse<ModifyMonitoredItemsResponse>
{
    public static uint EncodingId => 766;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<MonitoredItemModifyResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static ModifyMonitoredItemsResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<MonitoredItemModifyResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
