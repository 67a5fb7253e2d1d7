using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Part 4, 5.13.4. Only the server knows it: the agent's client has no use for it.</summary>
internal sealed record SetMonitoringModeRequest : IUaRequest<SetMonitoringModeRequest, SetMonitoringModeResponse>
{
    public static uint EncodingId => 769;

    public RequestHeader RequestHeader { get; init; } = new();

    public uint SubscriptionId { get; init; }

    public MonitoringMode MonitoringMode { get; init; }

    public IReadOnlyList<uint> MonitoredItemIds { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        RequestHeader.Encode(writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteEnum(MonitoringMode);
        writer.WriteUInt32s(MonitoredItemIds);
    }

    public static SetMonitoringModeRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        SubscriptionId = reader.ReadUInt32(),
        MonitoringMode = reader.ReadEnum<MonitoringMode>(),
        MonitoredItemIds = reader.ReadUInt32s(),
    };
}

/// <summary>Part 4, 5.13.4.</summary>
internal sealed record SetMonitoringModeResponse : IUaResponse<SetMonitoringModeResponse>
{
    public static uint EncodingId => 772;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<StatusCode> Results { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ResponseHeader.Encode(writer);
        writer.WriteStatusCodes(Results);
        writer.WriteInt32(0);
    }

    public static SetMonitoringModeResponse Decode(ref UaReader reader)
    {
        var response = new SetMonitoringModeResponse
        {
            ResponseHeader = ResponseHeader.Decode(ref reader),
            Results = reader.ReadStatusCodes(),
        };
        reader.ReadDiagnosticInfos();
        return response;
    }
}
