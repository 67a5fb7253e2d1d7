using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A node at the end of a path. Part 4, 5.9.4.</summary>
public sealed record BrowsePathTarget : IUaEncodable<BrowsePathTarget>
{
    public static uint EncodingId => 548;

    public ExpandedNodeId TargetId { get; init; }

    public uint RemainingPathIndex { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteExpandedNodeId(TargetId);
        writer.WriteUInt32(RemainingPathIndex);
    }

    public static BrowsePathTarget Decode(ref UaReader reader) => new()
    {
        TargetId = reader.ReadExpandedNodeId(),
        RemainingPathIndex = reader.ReadUInt32(),
    };
}
