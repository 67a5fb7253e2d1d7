using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The view that is browsed; none is the whole address space. Part 4, 7.45.</summary>
public sealed record ViewDescription : IUaEncodable<ViewDescription>
{
    public static uint EncodingId => 513;

    public NodeId ViewId { get; init; }

    public UaDateTime Timestamp { get; init; }

    public uint ViewVersion { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(ViewId);
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(ViewVersion);
    }

    public static ViewDescription Decode(ref UaReader reader) => new()
    {
        ViewId = reader.ReadNodeId(),
        Timestamp = reader.ReadDateTime(),
        ViewVersion = reader.ReadUInt32(),
    };
}
