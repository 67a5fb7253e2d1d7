using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The attributes in the order of the request. Part 4, 5.11.2.</summary>
public sealed record ReadResponse : IUaResponse<ReadResponse>
{
    public static uint EncodingId => 634;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<DataValue> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteDataValues(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static ReadResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadDataValues(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
