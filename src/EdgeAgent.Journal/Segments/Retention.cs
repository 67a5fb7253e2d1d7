using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Segments;

/// <summary>Which segments may go. A decision only.</summary>
internal static class Retention
{
    /// <summary>
    /// How many of the oldest segments may be deleted; never the last one, which is being written. Segments come oldest
    /// first; all readers have read everything before <paramref name="passed"/>.
    /// </summary>
    public static int CountDeletable(
        IReadOnlyList<StoredSegment> segments, long storedBytes, long passed, UtcTime now, JournalConfig config)
    {
        var count = 0;
        while (count < segments.Count - 1)
        {
            var next = segments[count + 1];
            var isPassed = passed >= next.FirstSequence;
            var isTooMuch = storedBytes > config.RetentionBytes;

            // A segment ends when the next one begins. A clock set back makes an age negative: then it stays.
            var isTooOld = now - next.Header.Created > config.RetentionAge;
            if (!isPassed || (!isTooMuch && !isTooOld))
            {
                break;
            }

            storedBytes -= segments[count].Length;
            count++;
        }

        return count;
    }
}
