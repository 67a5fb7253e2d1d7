using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>References of one node, and where to go on. Part 4, 7.6.</summary>
public sealed record BrowseResult : IUaEncodable<BrowseResult>
{
    public static uint EncodingId => 524;

    public StatusCode StatusCode { get; init; }

    public byte[]? ContinuationPoint { get; init; }

    public IReadOnlyList<ReferenceDescription> References { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStatusCode(StatusCode);
        writer.WriteByteString(ContinuationPoint);
        writer.WriteList(References);
    }

    public static BrowseResult Decode(ref UaReader reader) => new()
    {
        StatusCode = reader.ReadStatusCode(),
        ContinuationPoint = reader.ReadByteString(),
        References = reader.ReadList<ReferenceDescription>(),
    };
}
