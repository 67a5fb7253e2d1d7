using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Reads history. Part 4, 5.11.3.</summary>
public sealed record HistoryReadRequest : IUaRequest<HistoryReadRequest, HistoryReadResponse>
{
    public static uint EncodingId => 664;

    public RequestHeader RequestHeader { get; init; } = new();

    /// <summary>A <see cref="ReadRawModifiedDetails"/>.</summary>
    public ExtensionObject HistoryReadDetails { get; init; }

    public TimestampsToReturn TimestampsToReturn { get; init; }

    public bool ReleaseContinuationPoints { get; init; }

    public IReadOnlyList<HistoryReadValueId> NodesToRead { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteExtensionObject(HistoryReadDetails);
        writer.WriteEnum(TimestampsToReturn);
        writer.WriteBoolean(ReleaseContinuationPoints);
        writer.WriteList(NodesToRead);
    }

    public static HistoryReadRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        HistoryReadDetails = reader.ReadExtensionObject(),
        TimestampsToReturn = reader.ReadEnum<TimestampsToReturn>(),
        ReleaseContinuationPoints = reader.ReadBoolean(),
        NodesToRead = reader.ReadList<HistoryReadValueId>(),
    };
}
