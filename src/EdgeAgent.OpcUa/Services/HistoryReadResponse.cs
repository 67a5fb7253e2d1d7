using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>History in the order of the request. Part 4, 5.11.3.</summary>
public sealed record HistoryReadResponse : IUaResponse<HistoryReadResponse>
{
    public static uint EncodingId => 667;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<HistoryReadResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static HistoryReadResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<HistoryReadResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
