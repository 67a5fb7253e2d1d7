using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Closes a session. Part 4, 5.7.4.</summary>
public sealed record CloseSessionRequest : IUaRequest<CloseSessionRequest, CloseSessionResponse>
{
    public static uint EncodingId => 473;

    public RequestHeader RequestHeader { get; init; } = new();

    public bool DeleteSubscriptions { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteBoolean(DeleteSubscriptions);
    }

    public static CloseSessionRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        DeleteSubscriptions = reader.ReadBoolean(),
    };
}
