using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The parameters, as the server will do them. Part 4, 5.13.3.</summary>
public sealed record MonitoredItemModifyResult : IUaEncodable<MonitoredItemModifyResult>
{
    public static uint EncodingId => 760;

    public StatusCode StatusCode { get; init; }

    /// <summary>Milliseconds.</summary>
    public double RevisedSamplingInterval { get; init; }

    public uint RevisedQueueSize { get; init; }

    public ExtensionObject FilterResult { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteDouble(RevisedSamplingInterval);
        writer.WriteUInt32(RevisedQueueSize);
        writer.WriteExtensionObject(FilterResult);
    }

    public static MonitoredItemModifyResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        RevisedSamplingInterval = reader.ReadDouble(),
        RevisedQueueSize = reader.ReadUInt32(),
        FilterResult = reader.ReadExtensionObject(),
    };
}
