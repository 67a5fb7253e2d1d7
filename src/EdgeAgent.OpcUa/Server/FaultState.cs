using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What is to go wrong, as the services look at it. Under the gate of the address space.</summary>
internal sealed class FaultState
{
    /// <summary>Requests by the ids of their encodings, and what they are answered with.</summary>
    public Dictionary<uint, StatusCode> Refused { get; } = [];

    /// <summary>So many messages with values are not sent, though kept for Republish.</summary>
    public int NotificationsToLose { get; set; }

    /// <summary>Nothing is read, answered or published; connections stay open.</summary>
    public bool IsStalled { get; set; }

    /// <summary>How long answers are kept back.</summary>
    public TimeSpan ResponseDelay { get; set; }

    /// <summary>What the next answer suffers, and of which type it has to be; 0: any.</summary>
    public (ResponseFault Fault, uint EncodingId) NextResponse { get; set; }

    public int? MaxOperations { get; set; }

    public TimeSpan? ChannelLifetime { get; set; }

    /// <summary>Until then new connections are broken at once; ticks since the server began.</summary>
    public long DownUntil { get; set; }

    /// <summary>What this answer suffers.</summary>
    public ResponseFault TakeResponseFault(ReadOnlySpan<byte> message)
    {
        var (fault, wanted) = NextResponse;
        if (fault == ResponseFault.None
            || (wanted != 0 && new UaReader(message, DecodingLimits.Default).ReadNodeId() != new NodeId(wanted)))
        {
            return ResponseFault.None;
        }

        NextResponse = default;
        return fault;
    }
}
