using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>What one method gave. Part 4, 5.12.2.</summary>
public sealed record CallMethodResult : IUaEncodable<CallMethodResult>
{
    public static uint EncodingId => 709;

    public StatusCode StatusCode { get; init; }

    public IReadOnlyList<StatusCode> InputArgumentResults { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> InputArgumentDiagnosticInfos { get; init; } = [];

    public IReadOnlyList<Variant> OutputArguments { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteStatusCodes(InputArgumentResults);
        writer.WriteDiagnosticInfos(InputArgumentDiagnosticInfos);
        writer.WriteVariants(OutputArguments);
    }

    public static CallMethodResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        InputArgumentResults = reader.ReadStatusCodes(),
        InputArgumentDiagnosticInfos = reader.ReadDiagnosticInfos(),
        OutputArguments = reader.ReadVariants(),
    };
}
