using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What is wanted of one tag's history: what lies between two readings that were delivered.</summary>
/// <param name="tag">Index of the tag.</param>
/// <param name="before">The last one before the hole, or not known.</param>
/// <param name="after">The first one after it; its time alone where nothing has come.</param>
internal sealed class HistoryRange(int tag, Edge before, Edge after)
{
    public int Tag { get; } = tag;

    /// <summary>Everything up to here has been delivered.</summary>
    public Edge Before { get; private set; } = before;

    public Edge After { get; } = after;

    /// <summary>
    /// Whether the history begins before the hole: it has the reading that was delivered last, or nothing has changed.
    /// </summary>
    public bool IsJoined { get; private set; } = before.IsKnown && before.IsSame(after);

    /// <summary>The first reading that history gave; none if there was none.</summary>
    public UaDateTime FirstTime { get; private set; }

    /// <summary>The last reading before the server started, delivered now or before.</summary>
    public UaDateTime LastBeforeStart { get; private set; }

    /// <summary>Why the history could not be read.</summary>
    public StatusCode? Failure { get; set; }

    /// <summary>Whether a reading of the history is one that is missing.</summary>
    public bool Wants(Edge reading)
    {
        if (Before.IsKnown && reading.Time <= Before.Time)
        {
            IsJoined |= reading.Time == Before.Time;
            return reading.Time == Before.Time && !reading.IsSame(Before) && !IsAfter(reading);
        }

        return !IsAfter(reading);
    }

    /// <summary>A reading is being delivered.</summary>
    public void Took(Edge reading, UaDateTime serverStart)
    {
        FirstTime = FirstTime.IsNone ? reading.Time : FirstTime;
        LastBeforeStart = reading.Time < serverStart ? reading.Time : LastBeforeStart;
        Before = reading;
    }

    private bool IsAfter(Edge reading) =>
        reading.Time > After.Time || (reading.Time == After.Time && (!After.IsKnown || reading.IsSame(After)));
}
