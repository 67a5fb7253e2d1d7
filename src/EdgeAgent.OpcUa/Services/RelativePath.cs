using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Steps from one node to another. Part 4, 7.31.</summary>
public sealed record RelativePath : IUaEncodable<RelativePath>
{
    public static uint EncodingId => 542;

    public IReadOnlyList<RelativePathElement> Elements { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteList(Elements);
    }

    public static RelativePath Decode(ref UaReader reader) => new()
    {
        Elements = reader.ReadList<RelativePathElement>(),
    };
}
