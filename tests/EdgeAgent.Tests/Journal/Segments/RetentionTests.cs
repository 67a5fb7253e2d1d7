using EdgeAgent.Journal;
using EdgeAgent.Journal.Format;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Tests.Journal.Segments;

public sealed class RetentionTests
{
    // Three segments of 100 bytes with ten entries each, created an hour apart.
    private static readonly StoredSegment[] Three = [Segment(1), Segment(2), Segment(3)];

    private static readonly JournalConfig Config = new()
    {
        Folder = "/journal",
        RetentionBytes = 1_000,
        RetentionAge = TimeSpan.FromHours(10),
    };

    [Theory]
    [InlineData(30, 3, 300, 0)] // All read, neither too much nor too old.
    [InlineData(30, 12, 300, 1)] // The first ended when the second began, eleven hours ago.
    [InlineData(30, 100, 300, 2)] // All are too old; the last one is being written.
    [InlineData(19, 100, 300, 1)] // A reader is inside the second.
    [InlineData(9, 100, 300, 0)] // A reader is inside the first.
    [InlineData(10, 100, 300, 1)] // A reader has just passed it.
    [InlineData(30, 3, 1_050, 1)] // Too much by less than one segment.
    [InlineData(30, 3, 1_101, 2)]
    [InlineData(30, -50, 300, 0)] // The clock was set back.
    public void The_oldest_go_when_they_are_passed_and_too_old_or_too_much(
        long passed, int hoursSinceStart, long storedBytes, int deletable) => Assert.Equal(
            deletable,
            Retention.CountDeletable(
                Three, storedBytes, passed, Some.Start + TimeSpan.FromHours(hoursSinceStart), Config));

    private static StoredSegment Segment(int number) => new(
        JournalFormat.SegmentName(number),
        new SegmentHeader
        {
            Epoch = 1,
            Number = number,
            FirstSequence = (number - 1) * 10,
            Created = Some.Start + TimeSpan.FromHours(number - 1),
            Previous = new(number - 1, 100, 0),
            TagBytes = 10,
        },
        100);
}
