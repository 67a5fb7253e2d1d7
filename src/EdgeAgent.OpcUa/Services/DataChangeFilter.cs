using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Which changes count. Part 4, 7.22.2.</summary>
public sealed record DataChangeFilter : IUaEncodable<DataChangeFilter>
{
    public static uint EncodingId => 724;

    public DataChangeTrigger Trigger { get; init; }

    /// <summary>A <see cref="Services.DeadbandType"/> as its number.</summary>
    public uint DeadbandType { get; init; }

    /// <summary>In the unit of the value, or percent of its range.</summary>
    public double DeadbandValue { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteEnum(Trigger);
        writer.WriteUInt32(DeadbandType);
        writer.WriteDouble(DeadbandValue);
    }

    public static DataChangeFilter Decode(ref UaReader reader) => new()
    {
        Trigger = reader.ReadEnum<DataChangeTrigger>(),
        DeadbandType = reader.ReadUInt32(),
        DeadbandValue = reader.ReadDouble(),
    };
}
