using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Browses nodes. Part 4, 5.9.2.</summary>
public sealed record BrowseRequest : IUaRequest<BrowseRequest, BrowseResponse>
{
    public static uint EncodingId => 527;

    public RequestHeader RequestHeader { get; init; } = new();

    public ViewDescription View { get; init; } = new();

    public uint RequestedMaxReferencesPerNode { get; init; }

    public IReadOnlyList<BrowseDescription> NodesToBrowse { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        View.Encode(writer);
        writer.WriteUInt32(RequestedMaxReferencesPerNode);
        writer.WriteList(NodesToBrowse);
    }

    public static BrowseRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        View = ViewDescription.Decode(ref reader),
        RequestedMaxReferencesPerNode = reader.ReadUInt32(),
        NodesToBrowse = reader.ReadList<BrowseDescription>(),
    };
}
