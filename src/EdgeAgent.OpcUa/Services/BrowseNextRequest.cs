using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Goes on browsing, or gives continuation points back. Part 4, 5.9.3.</summary>
public sealed record BrowseNextRequest : IUaRequest<BrowseNextRequest, BrowseNextResponse>
{
    public static uint EncodingId => 533;

    public RequestHeader RequestHeader { get; init; } = new();

    public bool ReleaseContinuationPoints { get; init; }

    public IReadOnlyList<byte[]?> ContinuationPoints { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteBoolean(ReleaseContinuationPoints);
        writer.WriteByteStrings(ContinuationPoints);
    }

    public static BrowseNextRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        ReleaseContinuationPoints = reader.ReadBoolean(),
        ContinuationPoints = reader.ReadByteStrings(),
    };
}
