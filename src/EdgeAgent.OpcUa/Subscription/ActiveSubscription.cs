using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// One subscription as this side knows it. The runner writes the first group of members while nothing is received for it,
/// the receive loop the second, both under the runner's gate.
/// </summary>
internal sealed class ActiveSubscription(int number, TimeSpan publishingInterval, int[] tags)
{
    /// <summary>Ours, for as long as the process lives.</summary>
    public int Number { get; } = number;

    public TimeSpan RequestedInterval { get; } = publishingInterval;

    /// <summary>Indices of the tags.</summary>
    public int[] Tags { get; private set; } = tags;

    /// <summary>The server's; 0 while there is none.</summary>
    public uint Id { get; set; }

    public TimeSpan Interval { get; set; } = publishingInterval;

    public TimeSpan KeepAlive { get; set; }

    public TimeSpan Lifetime { get; set; }

    public uint NotificationsMax { get; set; }

    /// <summary>The longest sampling interval: how much older than its report a value may be.</summary>
    public TimeSpan Sampling { get; set; }

    /// <summary>How much older than its report the newest value in it was, lately.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Since when values may be missing; null while they are not.</summary>
    public OpenHole? Hole { get; set; }

    public MessageSequence Sequence { get; private set; } = new();

    public List<HeldMessage> Held { get; } = [];

    /// <summary>Timestamp of our clock when anything last came.</summary>
    public long HeardAt { get; set; }

    /// <summary>The server's time up to which everything has been delivered; none before it exists.</summary>
    public UaDateTime CompleteTime { get; set; }

    /// <summary>Some items are being created: if the answer gets lost, nobody knows which of them exist.</summary>
    public bool IsHalfMade { get; set; }

    /// <summary>The server has ended it, for this reason.</summary>
    public StatusCode? Ended { get; set; }

    /// <summary>What the server last said it could send again, beyond what has been delivered.</summary>
    public List<uint> Available { get; } = [];

    /// <summary>Whether, after its hole, every tag reports once without a change.</summary>
    public bool SpeaksAnew { get; set; }

    /// <summary>After an outage: acknowledgements may have been lost, and are given again with the next response.</summary>
    public bool AcknowledgesAgain { get; set; }

    /// <summary>Since when messages are missing in between; null while none are.</summary>
    public long? MissingSince { get; set; }

    public bool IsAlive => Id != 0 && Ended is null;

    /// <summary>The server knows it no longer: numbers begin anew.</summary>
    public void Forget()
    {
        (Id, Ended, MissingSince, IsHalfMade) = (0, null, null, false);
        Sequence = new();
        Available.Clear();
    }

    /// <summary>Gives tags away to another subscription.</summary>
    public void Remove(IReadOnlySet<int> tags) => Tags = [.. Tags.Where(tag => !tags.Contains(tag))];
}
