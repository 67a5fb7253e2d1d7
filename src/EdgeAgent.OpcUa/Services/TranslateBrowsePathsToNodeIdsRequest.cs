using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Asks for the nodes at the end of paths. Part 4, 5.9.4.</summary>
public sealed record TranslateBrowsePathsToNodeIdsRequest
    : IUaRequest<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>
{
    public static uint EncodingId => 554;

    public RequestHeader RequestHeader { get; init; } = new();

    public IReadOnlyList<BrowsePath> BrowsePaths { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteList(BrowsePaths);
    }

    public static TranslateBrowsePathsToNodeIdsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        BrowsePaths = reader.ReadList<BrowsePath>(),
    };
}
