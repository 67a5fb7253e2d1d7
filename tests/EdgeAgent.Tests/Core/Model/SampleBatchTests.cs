using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Core.Model;

public sealed class SampleBatchTests
{
    private static readonly TagTable Tags = new(
    [
        new Tag { Id = "kiln1.temperature", DeviceId = "kiln1", Kind = ValueKind.Float64, Decimals = 1 },
        new Tag { Id = "kiln1.recipe", DeviceId = "kiln1", Kind = ValueKind.Text },
    ]);

    [Fact]
    public void A_row_comes_back_as_it_went_in()
    {
        var batch = new SampleBatchPool(4, 1).Rent(Tags);
        var sample = new Sample(0, new(10), UtcTime.None, new(30), StatusCode.Uncertain, Sample.BitsOf(1520.5));

        batch.Add(sample);

        Assert.Equal(sample, batch[0]);
        Assert.Equal(1520.5, batch[0].Float64);
        Assert.Equal(new UtcTime(10), batch[0].EventTime);
    }

    [Fact]
    public void Texts_are_kept_beside_the_rows()
    {
        var batch = new SampleBatchPool(4, 1).Rent(Tags);

        batch.AddText(1, UtcTime.None, UtcTime.None, new(1), StatusCode.Good, "高纯镁砂");
        batch.AddText(1, UtcTime.None, UtcTime.None, new(2), StatusCode.BadTimeout, null);

        Assert.Equal("高纯镁砂", batch.TextAt(0));
        Assert.Null(batch.TextAt(1));
    }

    [Fact]
    public void A_full_batch_refuses_a_row()
    {
        var batch = new SampleBatchPool(1, 1).Rent(Tags);
        batch.Add(default);

        Assert.Throws<InvalidOperationException>(() => batch.Add(default));
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void The_last_release_sends_a_batch_back_empty()
    {
        var pool = new SampleBatchPool(4, 1);
        var batch = pool.Rent(Tags);
        batch.Add(default);
        batch.Retain();

        batch.Release();
        Assert.NotSame(batch, pool.Rent(Tags));

        batch.Release();
        var again = pool.Rent(Tags);
        Assert.Same(batch, again);
        Assert.Equal(0, again.Count);
        Assert.Equal(-1, again.FirstSequence);
    }

    [Fact]
    public void A_release_too_many_is_noticed()
    {
        var batch = new SampleBatchPool(1, 1).Rent(Tags);
        batch.Release();

        Assert.Throws<InvalidOperationException>(batch.Release);
        Assert.Throws<InvalidOperationException>(batch.Retain);
    }

    [Fact]
    public void The_pool_keeps_no_more_than_it_may()
    {
        var pool = new SampleBatchPool(1, 1);
        SampleBatch first = pool.Rent(Tags), second = pool.Rent(Tags);

        first.Release();
        second.Release();

        Assert.Same(first, pool.Rent(Tags));
        Assert.NotSame(second, pool.Rent(Tags));
    }

    [Fact]
    public void Filling_a_pooled_batch_allocates_nothing()
    {
        var pool = new SampleBatchPool(1000, 1);

        Assert.Equal(0, AllocatedBytes.Of(() => Fill(pool)));
    }

    private static void Fill(SampleBatchPool pool)
    {
        var batch = pool.Rent(Tags);
        for (var i = 0; i < 1000; i++)
        {
            batch.Add(0, UtcTime.None, UtcTime.None, new(i), StatusCode.Good, i);
        }

        batch.Release();
    }
}
