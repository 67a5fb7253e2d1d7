using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The nodes at the end of the paths. Part 4, 5.9.4.</summary>
public sealed record TranslateBrowsePathsToNodeIdsResponse : IUaResponse<TranslateBrowsePathsToNodeIdsResponse>
{
    public static uint EncodingId => 557;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<BrowsePathResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static TranslateBrowsePathsToNodeIdsResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<BrowsePathResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
