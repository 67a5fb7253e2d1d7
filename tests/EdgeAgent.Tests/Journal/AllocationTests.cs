using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Journal;

public sealed class AllocationTests
{
    [Fact]
    public async Task Appending_allocates_nothing_once_its_buffers_have_grown()
    {
        const int BatchCount = 1_000;
        var pool = new SampleBatchPool(16, 3 * BatchCount);
        var tags = Some.Tags(16);
        await using var rig = new JournalRig(
            config: JournalRig.Config() with
            {
                CommitBytes = 4 * 1024 * 1024,
                CommitInterval = TimeSpan.FromSeconds(10),
                SegmentBytes = 64 * 1024 * 1024,
                BudgetBytes = 1L << 30,
            },
            tags: tags);

        // Both groups, one after the other.
        for (var i = 0; i < 3; i++)
        {
            await AppendAsync(i);
            await rig.FlushAsync();
        }

        var batches = Batches(3);

        // The first half also warms what is kept for each thread.
        var isComplete = true;
        foreach (var batch in batches.AsSpan(0, BatchCount / 2))
        {
            isComplete &= IsComplete(rig.Journal.AppendAsync(batch, CancellationToken.None));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in batches.AsSpan(BatchCount / 2))
        {
            isComplete &= IsComplete(rig.Journal.AppendAsync(batch, CancellationToken.None));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(isComplete, "The group was not meant to be full.");
        Assert.Equal(0, allocated);

        async Task AppendAsync(int round)
        {
            foreach (var batch in Batches(round))
            {
                await rig.Journal.AppendAsync(batch, CancellationToken.None);
            }
        }

        static bool IsComplete(ValueTask task) => task.IsCompletedSuccessfully;

        SampleBatch[] Batches(int round) =>
            [.. Enumerable.Range(0, BatchCount).Select(i => Some.Poll(pool, tags, (round * BatchCount) + i))];
    }
}
