using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>How a server is. Part 5, 12.10.</summary>
public sealed record ServerStatusDataType : IUaEncodable<ServerStatusDataType>
{
    public static uint EncodingId => 864;

    public UaDateTime StartTime { get; init; }

    public UaDateTime CurrentTime { get; init; }

    public ServerState State { get; init; }

    public BuildInfo BuildInfo { get; init; } = new();

    public uint SecondsTillShutdown { get; init; }

    public LocalizedText ShutdownReason { get; init; }

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(CurrentTime);
        writer.WriteEnum(State);
        BuildInfo.Encode(writer);
        writer.WriteUInt32(SecondsTillShutdown);
        writer.WriteLocalizedText(ShutdownReason);
    }

    public static ServerStatusDataType Decode(ref UaReader reader) => new()
    {
        StartTime = reader.ReadDateTime(),
        CurrentTime = reader.ReadDateTime(),
        State = reader.ReadEnum<ServerState>(),
        BuildInfo = BuildInfo.Decode(ref reader),
        SecondsTillShutdown = reader.ReadUInt32(),
        ShutdownReason = reader.ReadLocalizedText(),
    };
}
