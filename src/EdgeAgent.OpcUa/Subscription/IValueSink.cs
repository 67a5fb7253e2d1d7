using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Where a <see cref="SubscriptionRunner"/> hands values over. Its methods are called by one thread at a time, mostly
/// the receive loop of the connection: they must neither block nor throw.
/// </summary>
public interface IValueSink
{
    /// <summary>
    /// While false no further notifications are asked for and no polls are made: the server's queues fill, and overflow
    /// bits say what got lost there. The messages already asked for, at most
    /// <see cref="SubscriptionSettings.PublishRequestsMax"/>, still come.
    /// </summary>
    bool HasRoom { get; }

    /// <param name="values">Rows with the handles of the tags; valid during the call only.</param>
    /// <param name="origin">How they came.</param>
    void Take(ValueColumns values, ValueOrigin origin);

    /// <summary>
    /// A tag gives no values at all: its node or namespace is unknown, the server takes no more items … Said once for
    /// each status; values that come later show that it is over.
    /// </summary>
    void Bad(uint handle, StatusCode status);

    void Lost(LostSpan span);
}
