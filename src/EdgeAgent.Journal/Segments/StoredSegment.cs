using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>A segment on disk, as far as it is durable.</summary>
/// <param name="Name">File name in the journal's folder.</param>
/// <param name="Header">Its valid header.</param>
/// <param name="Length">Bytes from the start of the file that count; what follows was never acknowledged.</param>
internal sealed record StoredSegment(string Name, SegmentHeader Header, long Length)
{
    public long Number => Header.Number;

    public long FirstSequence => Header.FirstSequence;
}

/// <summary>A segment and where the next one goes on.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="EndSequence">The first sequence number that is not in it, or not durable.</param>
/// <param name="EndTime">Gateway time at which the next segment begins, or none if there is none yet.</param>
internal readonly record struct SegmentSpan(StoredSegment Segment, long EndSequence, Core.Model.UtcTime EndTime);
