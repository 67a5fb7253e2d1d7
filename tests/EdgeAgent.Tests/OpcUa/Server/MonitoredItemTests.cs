using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class MonitoredItemTests
{
    private readonly MonitoredItem _item = new(1, 0, 13);

    [Fact]
    public void The_first_sample_is_always_a_change() => Assert.True(Sample(0));

    [Fact]
    public void The_same_again_is_none()
    {
        Sample(1);

        Assert.False(Sample(1));
        Assert.Equal([(1, false)], Drain());
    }

    [Fact]
    public void A_queue_of_one_keeps_the_newest_and_never_says_overflow()
    {
        _item.SetQueue(1, discardsOldest: true);
        SampleAll(1, 2, 3);

        Assert.Equal([(3, false)], Drain());
    }

    [Fact]
    public void A_full_queue_drops_the_oldest_and_marks_what_is_then_first()
    {
        _item.SetQueue(3, discardsOldest: true);
        SampleAll(1, 2, 3, 4, 5);

        Assert.Equal([(3, true), (4, false), (5, false)], Drain());
    }

    [Fact]
    public void A_full_queue_can_replace_the_newest_and_marks_it()
    {
        _item.SetQueue(3, discardsOldest: false);
        SampleAll(1, 2, 3, 4, 5);

        Assert.Equal([(1, false), (2, false), (5, true)], Drain());
    }

    [Fact]
    public void The_ring_goes_round_without_losing_the_order()
    {
        _item.SetQueue(4, discardsOldest: true);
        var seen = new List<int>();
        for (var i = 0; i < 100; i += 3)
        {
            SampleAll(i, i + 1, i + 2);
            seen.AddRange(Drain().Select(entry => entry.Value));
        }

        Assert.Equal(Enumerable.Range(0, 102), seen);
    }

    [Fact]
    public void A_smaller_queue_drops_what_no_longer_fits()
    {
        _item.SetQueue(5, discardsOldest: true);
        SampleAll(1, 2, 3, 4, 5);

        _item.SetQueue(2, discardsOldest: true);

        Assert.Equal([4, 5], Drain().Select(entry => entry.Value));
    }

    [Fact]
    public void Resending_queues_the_last_value_only_where_nothing_waits()
    {
        Assert.False(_item.Resend(default));
        Sample(7);
        Assert.False(_item.Resend(default));
        Drain();

        Assert.True(_item.Resend(default));
        Assert.Equal([(7, false)], Drain());
    }

    [Fact]
    public void A_queue_at_work_allocates_nothing()
    {
        _item.SetQueue(10, discardsOldest: true);
        var next = 0;
        void Round()
        {
            for (var i = 0; i < 10; i++)
            {
                Sample(next++);
            }

            while (_item.Count > 0)
            {
                _item.RemoveFirst();
            }
        }

        Assert.Equal(0, AllocatedBytes.Of(Round));
    }

    private bool Sample(int value) => _item.Sample(Variant.From(value), StatusCodes.Good, default, default);

    private void SampleAll(params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            Sample(value);
        }
    }

    private List<(int Value, bool HasOverflow)> Drain()
    {
        var found = new List<(int, bool)>();
        while (_item.Count > 0)
        {
            found.Add(((int)_item.First.Value.Bits, _item.First.Status.HasOverflow));
            _item.RemoveFirst();
        }

        return found;
    }
}
