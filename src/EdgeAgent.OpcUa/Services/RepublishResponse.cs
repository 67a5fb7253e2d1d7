using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The notification message again. Part 4, 5.14.6.</summary>
public sealed record RepublishResponse : IUaResponse<RepublishResponse>
{
    public static uint EncodingId => 835;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public NotificationMessage NotificationMessage { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        NotificationMessage.Encode(writer);
    }

    public static RepublishResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        NotificationMessage = NotificationMessage.Decode(ref reader),
    };
}
