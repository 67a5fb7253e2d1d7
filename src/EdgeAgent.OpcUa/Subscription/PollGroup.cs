namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Tags that are polled together, on a grid that begins when polling does. Decides only when.</summary>
internal sealed class PollGroup(TimeSpan interval, IReadOnlyList<int> tags)
{
    public TimeSpan Interval { get; } = interval;

    public IReadOnlyList<int> Tags { get; } = tags;

    /// <summary>Since the grid began.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>A poll begins now: the next one is due at the next point of the grid that is still to come.</summary>
    /// <param name="now">Since the grid began.</param>
    /// <returns>How many points of the grid have passed without a poll.</returns>
    public long Begin(TimeSpan now)
    {
        var skipped = (now - Due).Ticks / Interval.Ticks;
        Due += Interval * (skipped + 1);
        return skipped;
    }
}
