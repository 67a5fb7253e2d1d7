using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>How an item is sampled and queued. Part 4, 7.21.</summary>
public sealed record MonitoringParameters : IUaEncodable<MonitoringParameters>
{
    public static uint EncodingId => 742;

    public uint ClientHandle { get; init; }

    /// <summary>Milliseconds; -1 is the publishing interval, 0 as fast as the server can.</summary>
    public double SamplingInterval { get; init; }

    /// <summary>A <see cref="DataChangeFilter"/>, or null.</summary>
    public ExtensionObject Filter { get; init; }

    public uint QueueSize { get; init; }

    public bool DiscardOldest { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUInt32(ClientHandle);
        writer.WriteDouble(SamplingInterval);
        writer.WriteExtensionObject(Filter);
        writer.WriteUInt32(QueueSize);
        writer.WriteBoolean(DiscardOldest);
    }

    public static MonitoringParameters Decode(ref UaReader reader) => new()
    {
        ClientHandle = reader.ReadUInt32(),
        SamplingInterval = reader.ReadDouble(),
        Filter = reader.ReadExtensionObject(),
        QueueSize = reader.ReadUInt32(),
        DiscardOldest = reader.ReadBoolean(),
    };
}
