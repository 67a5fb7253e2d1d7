using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The lowest and highest value in normal running. Part 8, 5.6.2.</summary>
public sealed record Range : IUaEncodable<Range>
{
    public static uint EncodingId => 886;

    public double Low { get; init; }

    public double High { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteDouble(Low);
        writer.WriteDouble(High);
    }

    public static Range Decode(ref UaReader reader) => new()
    {
        Low = reader.ReadDouble(),
        High = reader.ReadDouble(),
    };
}
