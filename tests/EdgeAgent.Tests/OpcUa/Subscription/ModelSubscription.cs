using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A subscription of the model server, after Part 4, 5.14.1.</summary>
internal sealed class ModelSubscription(uint id, TimeSpan interval, uint keepAliveCount, uint lifetimeCount)
{
    private const int RetransmissionMax = 6;
    private const int NotificationsMax = 40;

    private uint _next = 1;
    private uint _sinceMessage;
    private uint _sinceRequest;
    private bool _isFirst = true;

    public uint Id { get; } = id;

    public ModelSession? Session { get; set; }

    public List<ModelItem> Items { get; } = [];

    public List<(uint Number, NotificationMessage Message)> Sent { get; } = [];

    public long DueAt { get; set; }

    public long IntervalTicks { get; } = interval.Ticks;

    public bool HasExpired => _sinceRequest >= lifetimeCount;

    public IReadOnlyList<uint> Available => [.. Sent.Select(sent => sent.Number)];

    public void Touch() => _sinceRequest = 0;

    /// <summary>One publishing interval has passed.</summary>
    /// <param name="canSend">Whether a Publish request waits.</param>
    /// <param name="now">The time of the message.</param>
    public PublishResponse? Cycle(bool canSend, UaDateTime now)
    {
        _sinceRequest++;
        var hasNews = Items.Exists(item => !item.IsEmpty);
        var isDue = _isFirst || ++_sinceMessage >= keepAliveCount;
        if ((!hasNews && !isDue) || !canSend)
        {
            return null;
        }

        Touch();
        (_isFirst, _sinceMessage) = (false, 0);
        var message = new NotificationMessage { SequenceNumber = _next, PublishTime = now };
        if (hasNews)
        {
            List<MonitoredItemNotification> rows = [];
            foreach (var item in Items)
            {
                rows.AddRange(item.Take(NotificationsMax - rows.Count));
            }

            message = message with
            {
                NotificationData = [ExtensionObject.Of(new DataChangeNotification { MonitoredItems = rows })],
            };
            Sent.Add((_next, message));
            _next++;
            if (Sent.Count > RetransmissionMax)
            {
                Sent.RemoveAt(0);
            }
        }

        return new()
        {
            ResponseHeader = new() { Timestamp = now },
            SubscriptionId = Id,
            AvailableSequenceNumbers = Available,
            MoreNotifications = Items.Exists(item => !item.IsEmpty),
            NotificationMessage = message,
        };
    }
}
