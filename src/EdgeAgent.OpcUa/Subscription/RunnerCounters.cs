namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What a <see cref="SubscriptionRunner"/> has done so far. Read by any thread.</summary>
public sealed class RunnerCounters
{
    private long _values;
    private long _messages;
    private long _keepAlives;
    private long _duplicates;
    private long _outOfOrder;
    private long _resent;
    private long _backfilled;
    private long _confirmed;
    private long _overflows;
    private long _unknownHandles;
    private long _connects;
    private long _connectFailures;
    private long _polls;
    private long _pollsSkipped;
    private long _withheld;
    private long _lostSpans;
    private long _items;
    private long _refusedItems;

    /// <summary>Values delivered as <see cref="ValueOrigin.Live"/>.</summary>
    public long Values => Volatile.Read(ref _values);

    /// <summary>Notification messages delivered.</summary>
    public long Messages => Volatile.Read(ref _messages);

    public long KeepAlives => Volatile.Read(ref _keepAlives);

    /// <summary>Messages that had been delivered before and were dropped.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Messages that came before one they follow and were held back.</summary>
    public long OutOfOrder => Volatile.Read(ref _outOfOrder);

    /// <summary>Messages got by Republish.</summary>
    public long Resent => Volatile.Read(ref _resent);

    /// <summary>Values from history.</summary>
    public long Backfilled => Volatile.Read(ref _backfilled);

    public long Confirmed => Volatile.Read(ref _confirmed);

    /// <summary>Values with the overflow bit: before each of them the server lost some.</summary>
    public long Overflows => Volatile.Read(ref _overflows);

    /// <summary>Values with a handle that is not of their subscription; not delivered.</summary>
    public long UnknownHandles => Volatile.Read(ref _unknownHandles);

    /// <summary>Connections made: sessions opened or activated again.</summary>
    public long Connects => Volatile.Read(ref _connects);

    public long ConnectFailures => Volatile.Read(ref _connectFailures);

    public long Polls => Volatile.Read(ref _polls);

    public long PollsSkipped => Volatile.Read(ref _pollsSkipped);

    /// <summary>How often publish requests were withheld because the sink had no room.</summary>
    public long Withheld => Volatile.Read(ref _withheld);

    public long LostSpans => Volatile.Read(ref _lostSpans);

    /// <summary>Items monitored or polled now.</summary>
    public long Items => Volatile.Read(ref _items);

    /// <summary>Tags that the server refuses now.</summary>
    public long RefusedItems => Volatile.Read(ref _refusedItems);

    internal void AddValues(int count) => Interlocked.Add(ref _values, count);

    internal void AddMessage() => Interlocked.Increment(ref _messages);

    internal void AddKeepAlive() => Interlocked.Increment(ref _keepAlives);

    internal void AddDuplicate() => Interlocked.Increment(ref _duplicates);

    internal void AddOutOfOrder() => Interlocked.Increment(ref _outOfOrder);

    internal void AddResent() => Interlocked.Increment(ref _resent);

    internal void AddBackfilled(int count) => Interlocked.Add(ref _backfilled, count);

    internal void AddConfirmed(int count) => Interlocked.Add(ref _confirmed, count);

    internal void AddOverflows(int count) => Interlocked.Add(ref _overflows, count);

    internal void AddUnknownHandles(int count) => Interlocked.Add(ref _unknownHandles, count);

    internal void AddConnect() => Interlocked.Increment(ref _connects);

    internal void AddConnectFailure() => Interlocked.Increment(ref _connectFailures);

    internal void AddPoll() => Interlocked.Increment(ref _polls);

    internal void AddPollsSkipped(long count) => Interlocked.Add(ref _pollsSkipped, count);

    internal void AddWithheld() => Interlocked.Increment(ref _withheld);

    internal void AddLostSpan() => Interlocked.Increment(ref _lostSpans);

    internal void SetItems(int items, int refused)
    {
        Volatile.Write(ref _items, items);
        Volatile.Write(ref _refusedItems, refused);
    }
}
