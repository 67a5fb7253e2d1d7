using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

public sealed class MessageSequenceTests
{
    [Fact]
    public void Numbers_begin_at_one_and_follow_each_other()
    {
        var sequence = new MessageSequence();
        for (var number = 1u; number < 5; number++)
        {
            Assert.Equal(SequenceVerdict.InOrder, sequence.Judge(number));
            sequence.Advance();
        }

        Assert.Equal(0ul, sequence.Missing);
        Assert.Equal(5u, sequence.Next);
    }

    [Fact]
    public void A_message_ahead_is_early_and_says_how_many_are_missing()
    {
        var sequence = new MessageSequence();

        Assert.Equal(SequenceVerdict.Early, sequence.Judge(4));
        Assert.Equal(3ul, sequence.Missing);
        Assert.Equal(4u, sequence.Newest);
    }

    [Fact]
    public void A_message_behind_is_a_duplicate()
    {
        var sequence = new MessageSequence();
        sequence.Advance();

        Assert.Equal(SequenceVerdict.Duplicate, sequence.Judge(1));
    }

    [Fact]
    public void A_keep_alive_ahead_shows_a_gap_and_one_that_repeats_the_last_number_does_not()
    {
        var sequence = new MessageSequence();
        sequence.Advance();
        sequence.Announce(1);
        Assert.Equal(0ul, sequence.Missing);

        sequence.Announce(2);
        Assert.Equal(0ul, sequence.Missing);

        sequence.Announce(4);
        Assert.Equal(2ul, sequence.Missing);
    }

    [Fact]
    public void After_the_largest_number_comes_one()
    {
        var sequence = new MessageSequence();
        sequence.SkipTo(uint.MaxValue - 1);
        Assert.Equal(SequenceVerdict.Early, sequence.Judge(1));
        Assert.Equal(2ul, sequence.Missing);

        sequence.Advance();
        Assert.Equal(uint.MaxValue, sequence.Next);
        sequence.Advance();
        Assert.Equal(1u, sequence.Next);
        Assert.Equal(0ul, sequence.Missing);
        Assert.Equal(SequenceVerdict.Duplicate, sequence.Judge(uint.MaxValue));
    }

    [Fact]
    public void Zero_is_no_number_and_is_delivered_without_an_order() =>
        Assert.Equal(SequenceVerdict.Unordered, new MessageSequence().Judge(0));

    [Fact]
    public void Giving_up_ends_the_gap()
    {
        var sequence = new MessageSequence();
        sequence.Judge(10);
        sequence.SkipTo(10);

        Assert.Equal(0ul, sequence.Missing);
        Assert.Equal(SequenceVerdict.InOrder, sequence.Judge(10));
    }
}
