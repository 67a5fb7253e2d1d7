namespace EdgeAgent.OpcUa.Server;

/// <summary>How much there is now, and how much there has been.</summary>
public sealed record ServerCounts
{
    public int Connections { get; init; }

    public int Sessions { get; init; }

    public int Subscriptions { get; init; }

    public int MonitoredItems { get; init; }

    /// <summary>How often the schedule was so late that it left steps out.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Values in notifications that were sent.</summary>
    public long SentValues { get; init; }

    /// <summary>Values of reporting items that were sampled and wait to be published.</summary>
    public long UnsentValues { get; init; }

    /// <summary>Messages with values that the clients have not acknowledged.</summary>
    public int UnacknowledgedMessages { get; init; }
}
