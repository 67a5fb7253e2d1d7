using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Reads attributes. Part 4, 5.11.2.</summary>
public sealed record ReadRequest : IUaRequest<ReadRequest, ReadResponse>
{
    public static uint EncodingId => 631;

    public RequestHeader RequestHeader { get; init; } = new();

    /// <summary>Milliseconds that a value in the server may be old; 0 is a new reading.</summary>
    public double MaxAge { get; init; }

    public TimestampsToReturn TimestampsToReturn { get; init; }

    public IReadOnlyList<ReadValueId> NodesToRead { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteDouble(MaxAge);
        writer.WriteEnum(TimestampsToReturn);
        writer.WriteList(NodesToRead);
    }

    public static ReadRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        MaxAge = reader.ReadDouble(),
        TimestampsToReturn = reader.ReadEnum<TimestampsToReturn>(),
        NodesToRead = reader.ReadList<ReadValueId>(),
    };
}
