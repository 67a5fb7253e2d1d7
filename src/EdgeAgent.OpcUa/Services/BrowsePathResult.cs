using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The nodes at the end of a path. Part 4, 5.9.4.</summary>
public sealed record BrowsePathResult : IUaEncodable<BrowsePathResult>
{
    public static uint EncodingId => 551;

    public StatusCode StatusCode { get; init; }

    public IReadOnlyList<BrowsePathTarget> Targets { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteList(Targets);
    }

    public static BrowsePathResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        Targets = reader.ReadList<BrowsePathTarget>(),
    };
}
