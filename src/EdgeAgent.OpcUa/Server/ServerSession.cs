using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>A session (Part 4, 5.6). It outlives its connection. Under the gate of the address space.</summary>
internal sealed class ServerSession(NodeId id, NodeId token, IServerConnection connection)
{
    public NodeId Id { get; } = id;

    /// <summary>The secret that each request carries.</summary>
    public NodeId Token { get; } = token;

    /// <summary>The channel it is bound to; null after that has ended.</summary>
    public IServerConnection? Connection { get; set; } = connection;

    public required string? Name { get; init; }

    /// <summary>The client's leaf in DER; empty under None.</summary>
    public required byte[] ClientCertificate { get; init; }

    /// <summary>Ticks of 100 ns.</summary>
    public required long Timeout { get; init; }

    /// <summary>Largest response that the client asked for; 0: no more than the channel says.</summary>
    public required uint MaxResponseBytes { get; init; }

    public required byte[] Nonce { get; set; }

    /// <summary>Null until it is activated; then who the user is, for comparing.</summary>
    public string? User { get; set; }

    /// <summary>When the client last asked for something, in ticks since the server began.</summary>
    public long LastUsed { get; set; }

    public List<ServerSubscription> Subscriptions { get; } = [];

    /// <summary>Publish requests without an answer, the oldest first.</summary>
    public LinkedList<PendingPublish> Publishes { get; } = [];

    /// <summary>Status changes of subscriptions that are no longer this session's, for the next Publish.</summary>
    public Queue<(uint Subscription, StatusCode Status)> StatusChanges { get; } = [];

    public ContinuationPoints ContinuationPoints { get; } = new();

    public int MaxMessageBytes => MaxResponseBytes == 0
        ? Connection!.MaxMessageBytes
        : (int)Math.Min(MaxResponseBytes, (uint)Connection!.MaxMessageBytes);
}

/// <param name="Results">Of the acknowledgements that it carried.</param>
/// <param name="Deadline">When the client no longer waits, in ticks since the server began.</param>
internal sealed record PendingPublish(
    uint RequestId, uint RequestHandle, IReadOnlyList<StatusCode> Results, long Deadline);
