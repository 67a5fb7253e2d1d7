using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Tests.Core.Pipeline;

public sealed class SourceQueueTests
{
    private static readonly Gap Offline = new("kiln1", new(0), new(1), GapCause.SourceOffline);

    [Fact]
    public void A_full_queue_leaves_the_item_with_the_writer()
    {
        var queue = new SourceQueue(1);
        Assert.True(queue.HasRoom);

        Assert.True(queue.TryWrite(Offline));
        Assert.False(queue.HasRoom);
        Assert.False(queue.TryWrite(Offline));

        Assert.True(queue.TryRead(out var item));
        Assert.Same(Offline, item.Gap);
        Assert.True(queue.HasRoom);
    }

    [Fact]
    public async Task A_waiting_write_goes_in_when_there_is_room()
    {
        var queue = new SourceQueue(1);
        queue.TryWrite(Offline);
        var write = queue.WriteAsync(Offline, TestContext.Current.CancellationToken);
        Assert.False(write.IsCompleted);

        queue.TryRead(out _);
        await write;

        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void Only_samples_count_as_captured()
    {
        var queue = new SourceQueue(2);
        var batch = new SampleBatchPool(8, 1).Rent(TagTable.Empty);
        batch.Add(default);
        batch.Add(default);

        queue.TryWrite(batch);
        queue.TryWrite(Offline);

        Assert.Equal(2, queue.CapturedSamples);
    }

    [Fact]
    public async Task What_was_written_before_the_end_is_still_read()
    {
        var queue = new SourceQueue(2);
        queue.TryWrite(Offline);
        queue.Complete();

        Assert.True(await queue.WaitToReadAsync(TestContext.Current.CancellationToken));
        queue.TryRead(out _);
        Assert.False(await queue.WaitToReadAsync(TestContext.Current.CancellationToken));
    }
}
