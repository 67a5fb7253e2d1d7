using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>What an OPC UA source has taken from its server since its start. Written under the sink's lock.</summary>
internal sealed class OpcUaCounters
{
    private long _values;
    private long _bad;
    private long _overflows;
    private long _backfilled;
    private long _confirmed;
    private long _resent;
    private long _gaps;
    private long _unfit;
    private long _lost;

    /// <summary>Values received, good or bad.</summary>
    public long Values => Interlocked.Read(ref _values);

    /// <summary>Samples that are Bad, by the server's word or because the value does not fit.</summary>
    public long Bad => Interlocked.Read(ref _bad);

    /// <summary>Values with the overflow bit: the server's queue was full, and values before them are lost.</summary>
    public long Overflows => Interlocked.Read(ref _overflows);

    /// <summary>Values out of the server's history.</summary>
    public long Backfilled => Interlocked.Read(ref _backfilled);

    /// <summary>Values read because nothing new had been told of them.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>Values that were lost on the way and came by Republish.</summary>
    public long Resent => Interlocked.Read(ref _resent);

    /// <summary>Gap records written.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>Values that were none of their tag: another type, out of range.</summary>
    public long Unfit => Interlocked.Read(ref _unfit);

    /// <summary>Values for which there was no room; each lies inside a gap.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Took(in TakenValues taken, ValueOrigin origin)
    {
        Interlocked.Add(ref _values, taken.Count);
        Interlocked.Add(ref _bad, taken.Bad);
        Interlocked.Add(ref _overflows, taken.Overflows);
        Interlocked.Add(ref _unfit, taken.Unfit);
        Interlocked.Add(ref _backfilled, origin == ValueOrigin.Backfilled ? taken.Count : 0);
        Interlocked.Add(ref _confirmed, origin == ValueOrigin.Confirmed ? taken.Count : 0);
        Interlocked.Add(ref _resent, origin == ValueOrigin.Resent ? taken.Count : 0);
    }

    public void WroteGap() => Interlocked.Increment(ref _gaps);

    public void Dropped(int values) => Interlocked.Add(ref _lost, values);
}
