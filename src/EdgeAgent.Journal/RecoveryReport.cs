using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal;

/// <summary>What was found when the journal was opened.</summary>
/// <param name="Epoch">The journal's identity: with a sequence number it names an entry for ever.</param>
/// <param name="OldestSequence">The first entry that is still stored.</param>
/// <param name="NextSequence">The number that the next entry gets.</param>
/// <param name="LastDurableTime">
/// Gateway time of the last durable entry: from then on the agent was not running. None if nothing is stored.
/// </param>
/// <param name="Findings">What was not as it should be; empty after a clean stop.</param>
public sealed record RecoveryReport(
    ulong Epoch,
    long OldestSequence,
    long NextSequence,
    UtcTime LastDurableTime,
    IReadOnlyList<RecoveryFinding> Findings);

/// <summary>One thing that was not as it should be.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">Name of the file in the journal's folder.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Bytes">How many bytes are concerned.</param>
/// <param name="Message">One sentence with the consequence.</param>
public sealed record RecoveryFinding(RecoveryFindingKind Kind, string File, long Offset, long Bytes, string Message);

public enum RecoveryFindingKind
{
    /// <summary>
    /// The end of the last segment was being written at the stop and was cut off. Nothing durable is lost.
    /// </summary>
    TornTail,

    /// <summary>Records between good ones are damaged. Readers get a gap.</summary>
    DamagedRecords,

    /// <summary>A segment is shorter than its successor says it was. Readers get a gap.</summary>
    ShortSegment,

    /// <summary>A segment has no valid header, or that of another journal or number. Readers get a gap.</summary>
    UnreadableSegment,

    /// <summary>A segment is gone. Readers get a gap.</summary>
    MissingSegment,

    /// <summary>
    /// A segment that was being created at the stop. Used if it is whole, else deleted. Nothing durable is lost.
    /// </summary>
    UnfinishedSegment,

    /// <summary>A segment whose content was written again elsewhere after a failed write. Deleted.</summary>
    AbandonedSegment,

    /// <summary>The position of a reader cannot be read. It starts with the oldest entry.</summary>
    DamagedCursor,

    /// <summary>
    /// A reader is past the end: the end of the journal is lost. Numbering goes on behind the reader.
    /// </summary>
    CursorAhead,
}
