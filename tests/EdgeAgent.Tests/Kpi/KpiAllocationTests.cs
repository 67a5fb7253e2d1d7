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
        var pool = new SampleBatchPool(1_000, 1);
        var batches = Enumerable.Range(0, 16).Select(second =>
        {
            var batch = pool.Rent(table);
            Fill(batch, second * batch.Capacity);
            return batch;
        }).ToArray();
        engine.Process(batches[0]);

        var next = 1;
        Assert.Equal(0, AllocatedBytes.Of(() => engine.Process(batches[next++])));

        // Samples all over again are late: slower, but no less frugal.
        Assert.Equal(0, AllocatedBytes.Of(() => engine.Process(batches[0])));
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
