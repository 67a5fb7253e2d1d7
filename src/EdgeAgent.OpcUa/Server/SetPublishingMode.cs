using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Part 4, 5.14.4. Only the server knows it: the agent's client has no use for it.</summary>
internal sealed record SetPublishingModeRequest : IUaRequest<SetPublishingModeRequest, SetPublishingModeResponse>
{
    public static uint EncodingId => 799;

    public RequestHeader RequestHeader { get; init; } = new();

    public bool PublishingEnabled { get; init; }

    public IReadOnlyList<uint> SubscriptionIds { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        RequestHeader.Encode(writer);
        writer.WriteBoolean(PublishingEnabled);
        writer.WriteUInt32s(SubscriptionIds);
    }

    public static SetPublishingModeRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        PublishingEnabled = reader.ReadBoolean(),
        SubscriptionIds = reader.ReadUInt32s(),
    };
}

/// <summary>Part 4, 5.14.4.</summary>
internal sealed record SetPublishingModeResponse : IUaResponse<SetPublishingModeResponse>
{
    public static uint EncodingId => 802;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<StatusCode> Results { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ResponseHeader.Encode(writer);
        writer.WriteStatusCodes(Results);
        writer.WriteInt32(0);
    }

    public static SetPublishingModeResponse Decode(ref UaReader reader)
    {
        var response = new SetPublishingModeResponse
        {
            ResponseHeader = ResponseHeader.Decode(ref reader),
            Results = reader.ReadStatusCodes(),
        };
        reader.ReadDiagnosticInfos();
        return response;
    }
}
