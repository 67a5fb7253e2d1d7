using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// Bounds of the small server. The defaults let a test ask for much; smaller ones play a small device.
/// </summary>
public sealed record ServerLimits
{
    public TransportLimits Transport { get; init; } = new();

    public DecodingLimits Decoding { get; init; } = new();

    /// <summary>Connections open at a time; further ones are closed at once.</summary>
    public int Connections { get; init; } = 100;

    public int Sessions { get; init; } = 100;

    public int SubscriptionsPerSession { get; init; } = 100;

    /// <summary>Over all subscriptions: two servers' worth of the 100,000 items that one client shall manage.</summary>
    public int MonitoredItems { get; init; } = 250_000;

    /// <summary>Longest queue of an item.</summary>
    public int QueueSize { get; init; } = 1_000;

    /// <summary>Publish requests that wait in one session; beyond it the oldest is refused.</summary>
    public int PublishRequests { get; init; } = 32;

    /// <summary>Messages of a subscription kept until they are acknowledged.</summary>
    public int RetransmissionMessages { get; init; } = 64;

    /// <summary>Browse and history continuation points of one session; beyond it the oldest is dropped.</summary>
    public int ContinuationPoints { get; init; } = 64;

    /// <summary>
    /// Nodes in one Read, Browse, TranslateBrowsePaths or HistoryRead, items and methods in one call; 0: no limit.
    /// </summary>
    public int OperationsPerCall { get; init; } = 10_000;

    /// <summary>References that a Browse returns for one node at most.</summary>
    public int ReferencesPerNode { get; init; } = 1_000;

    /// <summary>Values that a HistoryRead returns for one node at most.</summary>
    public int HistoryValuesPerNode { get; init; } = 10_000;

    public TimeSpan ShortestSamplingInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan ShortestPublishingInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan LongestPublishingInterval { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan ShortestSessionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestSessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What a client gets that asks for more.</summary>
    public TimeSpan LongestChannelLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Bytes that wait to be sent to one client; beyond it nothing is read from it and nothing is published.
    /// </summary>
    public int UnsentBytes { get; init; } = 32 << 20;

    /// <summary>How many late steps of the schedule are made up for; more are skipped.</summary>
    public int LateSteps { get; init; } = 1_000;
}
