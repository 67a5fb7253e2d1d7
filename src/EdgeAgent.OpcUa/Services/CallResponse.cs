using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What the methods gave. Part 4, 5.12.2.</summary>
public sealed record CallResponse : IUaResponse<CallResponse>
{
    public static uint EncodingId => 715;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<CallMethodResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static CallResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<CallMethodResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
