namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What is asked of one server at most: what it says, else what its profile knows.</summary>
internal sealed record SubscriptionLimits(
    int ItemsPerCall, int ItemsPerSubscription, int NodesPerRead, int NodesPerHistoryRead)
{
    // Each node brings a page of values.
    private const int DefaultNodesPerHistoryRead = 10;

    // Larger requests only make responses slow, whatever a server says that it takes.
    private const int OperationsMax = 10_000;

    // A value may take three bytes on the wire and forty in memory: so many fit into the budget of any message.
    private const int ReadsMax = 1_000;

    public static SubscriptionLimits Of(ServerProfile profile, SessionLimits said) => new(
        Most(said.ItemsPerCall, profile.ItemsPerCall),
        Math.Max(1, said.ItemsPerSubscription ?? profile.ItemsPerSubscription),
        Math.Min(Most(said.NodesPerRead, profile.NodesPerRead), ReadsMax),
        Math.Min(Most(said.NodesPerHistoryRead, DefaultNodesPerHistoryRead), DefaultNodesPerHistoryRead));

    private static int Most(int? said, int otherwise) => Math.Clamp(said ?? otherwise, 1, OperationsMax);
}
