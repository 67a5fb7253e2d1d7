using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A path and where it starts. Part 4, 5.9.4.</summary>
public sealed record BrowsePath : IUaEncodable<BrowsePath>
{
    public static uint EncodingId => 545;

    public static int MemorySize => 80;

    public NodeId StartingNode { get; init; }

    public RelativePath RelativePath { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(StartingNode);
        RelativePath.Encode(writer);
    }

    public static BrowsePath Decode(ref UaReader reader) => new()
    {
        StartingNode = reader.ReadNodeId(),
        RelativePath = RelativePath.Decode(ref reader),
    };
}
