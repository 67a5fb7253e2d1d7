using EdgeAgent.Journal;
using EdgeAgent.Journal.Format;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Tests.Journal.Segments;

public sealed class SegmentChainTests
{
    [Fact]
    public void A_whole_chain_has_nothing_to_report()
    {
        var chain = SegmentChain.Build([File(3, previous: 2), File(1, previous: 0), File(2, previous: 1)]);

        Assert.Equal([1, 2, 3], chain.Segments.Select(segment => segment.Number));
        Assert.Equal([100, 100, 150], chain.Segments.Select(segment => segment.Length));
        Assert.Empty(chain.Findings);
        Assert.Equal(1ul, chain.Epoch);
    }

    [Fact]
    public void An_empty_folder_is_a_new_journal()
    {
        var chain = SegmentChain.Build([]);

        Assert.Null(chain.Epoch);
        Assert.Empty(chain.Segments);
        Assert.Equal(0, chain.NumberMax);
    }

    [Fact]
    public void An_attempt_that_its_successor_does_not_name_is_abandoned()
    {
        var chain = SegmentChain.Build([File(1, 0), File(2, 1), File(3, previous: 1)]);

        Assert.Equal([1, 3], chain.Segments.Select(segment => segment.Number));
        Assert.Equal(2, Assert.Single(chain.Deletable).Number);
        Assert.Equal(RecoveryFindingKind.AbandonedSegment, Assert.Single(chain.Findings).Kind);
    }

    [Fact]
    public void A_segment_that_its_successor_names_and_that_is_not_there_is_missing()
    {
        var finding = Assert.Single(SegmentChain.Build([File(1, 0), File(3, previous: 2)]).Findings);

        Assert.Equal(RecoveryFindingKind.MissingSegment, finding.Kind);
        Assert.Equal("000000000002.segment", finding.File);
    }

    [Fact]
    public void A_segment_without_header_is_left_alone_and_said_once()
    {
        var chain = SegmentChain.Build([File(1, 0), File(2, 1) with { Header = null }, File(3, 2)]);

        Assert.Equal([1, 3], chain.Segments.Select(segment => segment.Number));
        Assert.Equal(2, Assert.Single(chain.Unreadable).Number);
        Assert.Equal(RecoveryFindingKind.UnreadableSegment, Assert.Single(chain.Findings).Kind);
        Assert.Equal(0, chain.SkippedSequences);
    }

    [Fact]
    public void Behind_a_newest_segment_without_header_numbers_are_skipped()
    {
        var chain = SegmentChain.Build([File(1, 0), File(2, 1) with { Header = null }]);

        Assert.Equal((150 / 16 * 4_096) + 4_096, chain.SkippedSequences);
        Assert.Equal(2, chain.NumberMax);
    }

    [Fact]
    public void A_file_with_anothers_name_or_of_another_journal_is_not_read()
    {
        var renamed = File(1, 0) with { Number = 2, Name = JournalFormat.SegmentName(2) };
        var foreign = File(3, 2, epoch: 9);
        var chain = SegmentChain.Build([File(1, 0), renamed, foreign, File(4, 1)]);

        Assert.Equal([1, 4], chain.Segments.Select(segment => segment.Number));
        Assert.Equal([3, 2], chain.Unreadable.Select(file => file.Number));
    }

    [Fact]
    public void An_unrenamed_segment_counts_if_its_header_is_whole()
    {
        var whole = SegmentChain.Build([File(1, 0), File(2, 1, isTemporary: true)]);
        var torn = SegmentChain.Build([File(1, 0), File(2, 1, isTemporary: true) with { Header = null }]);

        Assert.Equal([1, 2], whole.Segments.Select(segment => segment.Number));
        Assert.Equal(2, Assert.Single(whole.Unrenamed).Number);
        Assert.Equal(1, Assert.Single(torn.Segments).Number);
        Assert.Equal(2, Assert.Single(torn.Deletable).Number);
        Assert.Equal(RecoveryFindingKind.UnfinishedSegment, Assert.Single(torn.Findings).Kind);
    }

    [Fact]
    public void A_segment_shorter_than_its_successor_says_is_reported()
    {
        var finding = Assert.Single(SegmentChain.Build([File(1, 0) with { Length = 90 }, File(2, 1)]).Findings);

        Assert.Equal(RecoveryFindingKind.ShortSegment, finding.Kind);
        Assert.Equal((90L, 10L), (finding.Offset, finding.Bytes));
    }

    // 150 bytes long, of which the successor says that 100 are durable.
    private static SegmentFile File(long number, long previous, ulong epoch = 1, bool isTemporary = false) => new(
        JournalFormat.SegmentName(number) + (isTemporary ? JournalFormat.TemporarySuffix : ""),
        number,
        isTemporary,
        150,
        new SegmentHeader
        {
            Epoch = epoch,
            Number = number,
            FirstSequence = number * 10,
            Created = Some.Start,
            Previous = new(previous, previous == 0 ? 0 : 100, 0),
            TagBytes = 10,
        });
}
