using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Values of one node in order of time. Part 11, 6.6.2.</summary>
public sealed record HistoryData : IUaEncodable<HistoryData>
{
    public static uint EncodingId => 658;

    public IReadOnlyList<DataValue> DataValues { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteDataValues(DataValues);
    }

    public static HistoryData Decode(ref UaReader reader) => new()
    {
        DataValues = reader.ReadDataValues(),
    };
}
