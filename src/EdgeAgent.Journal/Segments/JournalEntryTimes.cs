using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Segments;

/// <summary>The gateway times at the two ends of an entry: what lies before and after a hole.</summary>
internal static class JournalEntryTimes
{
    public static UtcTime FirstTime(this in JournalEntry entry) =>
        entry.Batch is { Count: > 0 } batch ? batch.GatewayTimes[0] : entry.Gap?.From ?? UtcTime.None;

    public static UtcTime LastTime(this in JournalEntry entry) =>
        entry.Batch is { Count: > 0 } batch ? batch.GatewayTimes[^1] : entry.Gap?.To ?? UtcTime.None;

    /// <summary>
    /// The part of an entry from a sequence number on, or as much of it as a batch of the pool holds. Takes over the
    /// entry's batch.
    /// </summary>
    public static JournalEntry From(this in JournalEntry entry, long position, SampleBatchPool pool)
    {
        if (entry.Batch is not { } batch || entry.Sequence == position)
        {
            return entry with { Sequence = position };
        }

        var part = pool.Rent(batch.Tags);
        part.Origin = batch.Origin;
        part.FirstSequence = position;
        for (var row = (int)(position - entry.Sequence); row < batch.Count && part.Count < part.Capacity; row++)
        {
            var sample = batch[row];
            if (batch.Tags[sample.TagIndex].Kind == ValueKind.Text)
            {
                part.AddText(
                    sample.TagIndex,
                    sample.SourceTime,
                    sample.ServerTime,
                    sample.GatewayTime,
                    sample.Status,
                    batch.TextAt(row));
            }
            else
            {
                part.Add(sample);
            }
        }

        batch.Release();
        return new(position, position + part.Count, part, null);
    }
}
