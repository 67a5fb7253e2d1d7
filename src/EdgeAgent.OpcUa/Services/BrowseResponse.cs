using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>References of the nodes. Part 4, 5.9.2.</summary>
public sealed record BrowseResponse : IUaResponse<BrowseResponse>
{
    public static uint EncodingId => 530;

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

    public static BrowseResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<BrowseResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
