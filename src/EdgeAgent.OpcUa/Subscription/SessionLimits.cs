namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What a server says it takes (Part 5, 6.3.2 and 6.3.11); null where it says nothing.</summary>
internal sealed record SessionLimits
{
    public int? ItemsPerCall { get; init; }

    public int? ItemsPerSubscription { get; init; }

    public int? NodesPerRead { get; init; }

    public int? NodesPerHistoryRead { get; init; }
}
