namespace EdgeAgent.Core.Kpi.Calendars;

/// <summary>Whole minutes [From, To) since the Unix epoch.</summary>
internal readonly record struct MinuteSpan(long From, long To)
{
    public long Length => To - From;

    public bool Contains(long minute) => minute >= From && minute < To;

    public MinuteSpan Intersect(MinuteSpan other)
    {
        var from = Math.Max(From, other.From);
        return new(from, Math.Max(from, Math.Min(To, other.To)));
    }

    /// <summary>The union of the spans as disjoint spans, ascending; empty ones vanish.</summary>
    public static MinuteSpan[] Merge(IEnumerable<MinuteSpan> spans)
    {
        var merged = new List<MinuteSpan>();
        foreach (var span in spans.Where(span => span.Length > 0).OrderBy(span => span.From))
        {
            if (merged.Count > 0 && merged[^1].To >= span.From)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return [.. merged];
    }

    /// <summary>What is left of disjoint ascending spans without others of the same kind.</summary>
    public static MinuteSpan[] Subtract(ReadOnlySpan<MinuteSpan> spans, ReadOnlySpan<MinuteSpan> holes)
    {
        var left = new List<MinuteSpan>();
        foreach (var span in spans)
        {
            var from = span.From;
            foreach (var hole in holes)
            {
                if (hole.To <= from || hole.From >= span.To)
                {
                    continue;
                }

                if (hole.From > from)
                {
                    left.Add(new(from, hole.From));
                }

                from = hole.To;
            }

            if (from < span.To)
            {
                left.Add(new(from, span.To));
            }
        }

        return [.. left];
    }
}
