using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The subscriptions in the order of the request. Part 4, 5.14.7.</summary>
public sealed record TransferSubscriptionsResponse : IUaResponse<TransferSubscriptionsResponse>
{
    public static uint EncodingId => 844;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<TransferResult> Results { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Results);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static TransferSubscriptionsResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Results = reader.ReadList<TransferResult>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
