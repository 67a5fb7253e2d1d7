using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>New values. Part 4, 7.25.2.</summary>
public sealed record DataChangeNotification : IUaEncodable<DataChangeNotification>
{
    public static uint EncodingId => 811;

    public IReadOnlyList<MonitoredItemNotification> MonitoredItems { get; init; } = [];

    public IReadOnlyList<DiagnosticInfo?> DiagnosticInfos { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteList(MonitoredItems);
        writer.WriteDiagnosticInfos(DiagnosticInfos);
    }

    public static DataChangeNotification Decode(ref UaReader reader) => new()
    {
        MonitoredItems = reader.ReadList<MonitoredItemNotification>(),
        DiagnosticInfos = reader.ReadDiagnosticInfos(),
    };
}
