namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Why values are missing.</summary>
public enum LossCause
{
    /// <summary>The server could not be reached, and its subscription did not last until it could.</summary>
    ConnectionLost,

    /// <summary>The connection stood and nothing came, not even keep-alives.</summary>
    ServerSilent,

    /// <summary>The server began anew.</summary>
    ServerRestarted,

    /// <summary>The server announced that it would stop, and did.</summary>
    ServerShutdown,

    /// <summary>The server gave the subscription up, or another session took it.</summary>
    SubscriptionLost,

    /// <summary>Notification messages were lost on the way and the server no longer has them.</summary>
    MessagesLost,

    /// <summary>The server's queue of an item was full: values carry the overflow bit.</summary>
    QueueOverflow,

    /// <summary>Polls that were not made in time.</summary>
    PollsSkipped,

    /// <summary>Polls that were not made because the sink had no room.</summary>
    SinkFull,
}
