using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Segments;

/// <summary>Finds the place of a sequence number among segments.</summary>
internal static class SegmentSpans
{
    /// <summary>
    /// The segment that holds a sequence number. If it is older than all segments, the oldest one; false if there is
    /// none. Segments come oldest first; the last one ends at <paramref name="nextSequence"/>.
    /// </summary>
    public static bool TryFind(
        IReadOnlyList<StoredSegment> segments, long sequence, long nextSequence, out SegmentSpan span)
    {
        var (low, high) = (0, segments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = segments[middle].FirstSequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        if (segments.Count == 0)
        {
            span = default;
            return false;
        }

        var index = Math.Max(0, low - 1);
        span = index + 1 < segments.Count
            ? new(segments[index], segments[index + 1].FirstSequence, segments[index + 1].Header.Created)
            : new(segments[index], nextSequence, UtcTime.None);
        return true;
    }
}
