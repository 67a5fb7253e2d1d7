namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Where a <see cref="SubscriptionRunner"/> stands.</summary>
public enum RunnerState
{
    /// <summary>Without a connection, trying to get one.</summary>
    Connecting,

    /// <summary>Connected; subscriptions are being created, taken over or repaired.</summary>
    Preparing,

    /// <summary>Subscribed to everything that the server lets us subscribe to.</summary>
    Subscribed,

    /// <summary>Reading on a fixed grid, because the server has no subscriptions or the settings say so.</summary>
    Polling,

    /// <summary>Ended.</summary>
    Stopped,
}
