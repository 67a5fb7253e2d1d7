using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A new value of an item. Part 4, 7.25.2.</summary>
public sealed record MonitoredItemNotification : IUaEncodable<MonitoredItemNotification>
{
    public static uint EncodingId => 808;

    public uint ClientHandle { get; init; }

    public DataValue Value { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(ClientHandle);
        writer.WriteDataValue(Value);
    }

    public static MonitoredItemNotification Decode(ref UaReader reader) => new()
    {
        ClientHandle = reader.ReadUInt32(),
        Value = reader.ReadDataValue(),
    };
}
