using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Closes a secure channel; it is not answered. Part 4, 5.6.3.</summary>
public sealed record CloseSecureChannelRequest : IUaEncodable<CloseSecureChannelRequest>
{
    public static uint EncodingId => 452;

    public RequestHeader RequestHeader { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
    }

    public static CloseSecureChannelRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
    };
}
