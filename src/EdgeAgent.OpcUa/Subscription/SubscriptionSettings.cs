namespace EdgeAgent.OpcUa.Subscription;

/// <summary>How one server is subscribed to.</summary>
public sealed record SubscriptionSettings
{
    public SubscriptionMode Mode { get; init; } = SubscriptionMode.Auto;

    /// <summary>Null: told from what the server says of itself.</summary>
    public ServerProfile? Profile { get; init; }

    /// <summary>
    /// How often the server reports. Null: as often as the tags are sampled, in steps of 1, 2 and 5. A value keeps its
    /// own time, so this is only delay.
    /// </summary>
    public TimeSpan? PublishingInterval { get; init; }

    /// <summary>
    /// The longest silence of a subscription without news. Short enough to notice a dead server soon.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server is asked to keep a subscription that is not asked for its news.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence for so many keep-alive times ends the connection.</summary>
    public double SilenceMargin { get; init; } = 1.5;

    /// <summary>Publish requests waiting at the server. Enough for a satellite link at short intervals.</summary>
    public int PublishRequestsMax { get; init; } = 16;

    /// <summary>Values in one notification message: bounds the memory of one message to some megabytes.</summary>
    public int NotificationsPerPublish { get; init; } = 20_000;

    /// <summary>For one service call.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts to connect. No server sees more than one in this time.</summary>
    public TimeSpan ConnectDelayMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts become rarer up to this.</summary>
    public TimeSpan ConnectDelayMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often tags that the server refused are tried again: a namespace or a node may come back.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the server is asked how it is.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Close holes from the server's history where a node has one.</summary>
    public bool Backfill { get; init; } = true;

    /// <summary>Values of one node in one answer of the history.</summary>
    public int HistoryValuesPerNode { get; init; } = 1_000;
}
