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

        const int RoundCount = 10;
        var isComplete = true;
        var next = 0;
        var allocated = AllocatedBytes.Of(
            () =>
            {
                for (var i = 0; i < BatchCount / RoundCount; i++)
                {
                    isComplete &= IsComplete(rig.Journal.AppendAsync(batches[next++], CancellationToken.None));
                }
            },
            RoundCount);

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
