using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>History of one node, and where to go on. Part 4, 5.11.3.</summary>
public sealed record HistoryReadResult : IUaEncodable<HistoryReadResult>
{
    public static uint EncodingId => 640;

    public StatusCode StatusCode { get; init; }

    public byte[]? ContinuationPoint { get; init; }

    /// <summary>A <see cref="Services.HistoryData"/>.</summary>
    public ExtensionObject HistoryData { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteByteString(ContinuationPoint);
        writer.WriteExtensionObject(HistoryData);
    }

    public static HistoryReadResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        ContinuationPoint = reader.ReadByteString(),
        HistoryData = reader.ReadExtensionObject(),
    };
}
