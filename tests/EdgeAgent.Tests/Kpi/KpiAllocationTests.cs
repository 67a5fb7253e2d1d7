using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The path of a sample allocates nothing, whatever its role.</summary>
public sealed class KpiAllocationTests
{
    [Fact]
    public void Samples_within_minutes_already_begun_allocate_nothing()
    {
        var table = new TagTable(Script.Plant.Tags);
        var engine = new KpiEngine(Script.Plant);
        var batch = new SampleBatchPool(8_000, 1).Rent(table);
        Fill(batch, 0);
        engine.Process(batch);
        engine.Process(batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        engine.Process(batch);
        var late = GC.GetAllocatedBytesForCurrentThread() - before;
        var next = new SampleBatchPool(8_000, 1).Rent(table);
        Fill(next, 8_000);
        before = GC.GetAllocatedBytesForCurrentThread();
        engine.Process(next);
        var inOrder = GC.GetAllocatedBytesForCurrentThread() - before;

        // Samples all over again are late: slower, but no less frugal.
        Assert.Equal(0, late);
        Assert.Equal(0, inOrder);
        Assert.Equal(0, engine.UnboundCount);
    }

    // Counters that rise, floats that change, states that stay: 16,000 samples in 16 seconds.
    private static void Fill(SampleBatch batch, int from)
    {
        for (var i = from; i < from + batch.Capacity; i++)
        {
            var tag = i % batch.Tags.Count;
            var bits = batch.Tags[tag].Kind == ValueKind.Float64 ? Sample.BitsOf(i / 7.0)
                : batch.Tags[tag].Id.EndsWith("state", StringComparison.Ordinal) ? 1 + (i / 4_000)
                : batch.Tags[tag].Id.EndsWith("product", StringComparison.Ordinal) ? 0
                : i / 50;
            var time = UtcTime.From(Some.At(7)) + TimeSpan.FromMilliseconds(i);
            batch.Add(tag, UtcTime.None, UtcTime.None, time, StatusCode.Good, bits);
        }
    }
}
