using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>A session is closed. Part 4, 5.7.4.</summary>
public sealed record CloseSessionResponse : IUaResponse<CloseSessionResponse>
{
    public static uint EncodingId => 476;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
    }

    public static CloseSessionResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
    };
}
