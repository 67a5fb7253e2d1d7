using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>More references. Part 4, 5.9.3.</summary>
public sealed record BrowseNextResponse : IUaResponse<BrowseNextResponse>
{
    public static uint EncodingId => 536;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<BrowseResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static BrowseNextResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<BrowseResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
