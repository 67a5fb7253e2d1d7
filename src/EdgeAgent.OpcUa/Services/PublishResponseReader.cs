using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>
/// Reads PublishResponses and RepublishResponses without an object per value (Part 4, 5.14.5 and 5.14.6): the values go
/// into columns, the rest stands here until the next one is read. One for each reading thread.
/// </summary>
public sealed class PublishResponseReader
{
    // ResponseHeader │ SubscriptionId:4 │ AvailableSequenceNumbers:4+4n │ MoreNotifications:1 │
    // NotificationMessage: SequenceNumber:4 │ PublishTime:8 │ count:4 │ ExtensionObjects │
    // Results:4+4n │ DiagnosticInfos:4+n
    private static readonly NodeId DataChangeId = new(DataChangeNotification.EncodingId);
    private static readonly NodeId StatusChangeId = new(StatusChangeNotification.EncodingId);

    // The fewest bytes of an ExtensionObject (type, form) and of a MonitoredItemNotification (handle, empty DataValue).
    private const int ExtensionObjectMin = 3;
    private const int NotificationMin = 5;

    private readonly List<uint> _available = [];
    private readonly List<StatusCode> _results = [];

    /// <summary>Good, or why the server sends no message; then only <see cref="SubscriptionId"/> may count.</summary>
    public StatusCode ServiceResult { get; private set; }

    /// <summary>When the server wrote the response.</summary>
    public UaDateTime Timestamp { get; private set; }

    public uint SubscriptionId { get; private set; }

    /// <summary>What the server still holds for Republish.</summary>
    public IReadOnlyList<uint> AvailableSequenceNumbers => _available;

    public bool MoreNotifications { get; private set; }

    /// <summary>Of the message; of a keep-alive, which has no notifications, the next one's.</summary>
    public uint SequenceNumber { get; private set; }

    public UaDateTime PublishTime { get; private set; }

    /// <summary>True without any notification: the server only says that it is alive.</summary>
    public bool IsKeepAlive { get; private set; }

    /// <summary>The status of a StatusChangeNotification, or null.</summary>
    public StatusCode? StatusChange { get; private set; }

    /// <summary>Of the acknowledgements that the request carried.</summary>
    public IReadOnlyList<StatusCode> Results => _results;

    /// <summary>Notifications that are neither data nor status, which were not asked for.</summary>
    public int OtherNotifications { get; private set; }

    /// <summary>Reads a PublishResponse from its ResponseHeader on. The columns are cleared first.</summary>
    /// <exception cref="OpcUaException">It is malformed; nothing of it may be used.</exception>
    public void ReadPublish(ref UaReader reader, ValueColumns values)
    {
        Begin(ref reader, values);
        if (ServiceResult.IsBad)
        {
            return;
        }

        SubscriptionId = reader.ReadUInt32();
        for (var count = reader.ReadCount(sizeof(uint), sizeof(uint)); count > 0; count--)
        {
            _available.Add(reader.ReadUInt32());
        }

        MoreNotifications = reader.ReadBoolean();
        ReadMessage(ref reader, values);
        for (var count = reader.ReadCount(sizeof(uint), sizeof(uint)); count > 0; count--)
        {
            _results.Add(reader.ReadStatusCode());
        }

        reader.ReadDiagnosticInfos();
        reader.ExpectEnd();
    }

    /// <summary>Reads a RepublishResponse from its ResponseHeader on. The columns are cleared first.</summary>
    /// <exception cref="OpcUaException">It is malformed; nothing of it may be used.</exception>
    public void ReadRepublish(ref UaReader reader, ValueColumns values)
    {
        Begin(ref reader, values);
        if (ServiceResult.IsBad)
        {
            return;
        }

        ReadMessage(ref reader, values);
        reader.ExpectEnd();
    }

    private void Begin(ref UaReader reader, ValueColumns values)
    {
        ArgumentNullException.ThrowIfNull(values);
        values.Clear();
        _available.Clear();
        _results.Clear();
        (SubscriptionId, SequenceNumber, PublishTime) = (0, 0, default);
        (MoreNotifications, StatusChange, OtherNotifications, IsKeepAlive) = (false, null, 0, false);
        Timestamp = reader.ReadDateTime();
        reader.ReadUInt32(); // The request handle; the channel matches by request id.
        ServiceResult = reader.ReadStatusCode();
        reader.ReadDiagnosticInfo();
        reader.ReadStrings();
        reader.ReadExtensionObject();
    }

    private void ReadMessage(ref UaReader reader, ValueColumns values)
    {
        SequenceNumber = reader.ReadUInt32();
        PublishTime = reader.ReadDateTime();
        var count = reader.ReadLength(ExtensionObjectMin);
        IsKeepAlive = count == 0;
        for (; count > 0; count--)
        {
            ReadNotification(ref reader, values);
        }
    }

    private void ReadNotification(ref UaReader reader, ValueColumns values)
    {
        var type = reader.ReadNodeId();
        var form = (ExtensionObjectBody)reader.ReadByte();
        if (form == ExtensionObjectBody.None)
        {
            OtherNotifications++;
            return;
        }

        var length = reader.ReadInt32();
        if (length < 0 || length > reader.Remaining)
        {
            throw reader.Malformed($"a notification claims {length} bytes, {reader.Remaining} are left");
        }

        var end = reader.Position + length;
        if (form == ExtensionObjectBody.Binary && type == DataChangeId)
        {
            ReadValues(ref reader, values);
        }
        else if (form == ExtensionObjectBody.Binary && type == StatusChangeId)
        {
            StatusChange = reader.ReadStatusCode();
            reader.ReadDiagnosticInfo();
        }
        else
        {
            reader.Skip(length);
            OtherNotifications++;
        }

        if (reader.Position != end)
        {
            throw reader.Malformed($"a notification claims {length} bytes and has {reader.Position - end + length}");
        }
    }

    private static void ReadValues(ref UaReader reader, ValueColumns values)
    {
        values.AddNotifications(reader.ReadLength(NotificationMin), ref reader);
        reader.ReadDiagnosticInfos();
    }
}
