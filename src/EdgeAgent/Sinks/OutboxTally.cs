namespace EdgeAgent.Sinks;

/// <summary>How many rows stand where, kept beside the file so that nobody has to count it.</summary>
internal struct OutboxTally
{
    private long _queued;
    private long _published;
    private long _parked;
    private long _quarantined;

    /// <summary>Since the start.</summary>
    public long Conflicts;

    public readonly long Rows => _queued + _published + _parked + _quarantined;

    public static OutboxTally Count(OutboxDatabase database)
    {
        var tally = new OutboxTally();

        // Only damage gives another state; the message itself decides on reading whether it can still be sent.
        database.Execute(
            "UPDATE message SET state = $queued WHERE state NOT IN ($queued, $published, $parked, $quarantined)",
            ("$queued", (long)OutboxState.Queued), ("$published", (long)OutboxState.Published),
            ("$parked", (long)OutboxState.Parked), ("$quarantined", (long)OutboxState.Quarantined));
        using var command = database.Command("SELECT state, COUNT(*) FROM message GROUP BY state");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            tally.Add((OutboxState)rows.GetInt64(0), rows.GetInt64(1));
        }

        return tally;
    }

    public void Add(OutboxState state, long rows)
    {
        switch (state)
        {
            case OutboxState.Queued:
                _queued += rows;
                break;
            case OutboxState.Published:
                _published += rows;
                break;
            case OutboxState.Parked:
                _parked += rows;
                break;
            case OutboxState.Quarantined:
                _quarantined += rows;
                break;
        }
    }

    public void Move(OutboxState from, OutboxState to, long rows)
    {
        Add(from, -rows);
        Add(to, rows);
    }

    public readonly OutboxCounters ToCounters(TimeSpan oldestQueuedAge) =>
        new(_queued, _published, _parked, _quarantined, Conflicts, oldestQueuedAge);
}
