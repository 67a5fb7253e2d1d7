using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A subscription in its new session. Part 4, 5.14.7.</summary>
public sealed record TransferResult : IUaEncodable<TransferResult>
{
    public static uint EncodingId => 838;

    public StatusCode StatusCode { get; init; }

    public IReadOnlyList<uint> AvailableSequenceNumbers { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteUInt32s(AvailableSequenceNumbers);
    }

    public static TransferResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        AvailableSequenceNumbers = reader.ReadUInt32s(),
    };
}
