namespace EdgeAgent.OpcUa.Server;

/// <summary>What is to go wrong, as the services look at it. Under the gate of the address space.</summary>
internal sealed class FaultState
{
    /// <summary>Requests by the ids of their encodings, and what they are answered with.</summary>
    public Dictionary<uint, StatusCode> Refused { get; } = [];

    public int? MaxOperations { get; set; }

    public TimeSpan? ChannelLifetime { get; set; }

    /// <summary>Until then new connections are broken at once; ticks since the server began.</summary>
    public long DownUntil { get; set; }
}
