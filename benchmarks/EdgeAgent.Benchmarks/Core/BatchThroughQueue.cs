using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Benchmarks.Core;

/// <summary>
/// Filling a pooled batch of 200 samples, through the bounded queue of a source, and back to the pool.
/// </summary>
[MemoryDiagnoser]
public class BatchThroughQueue
{
    private const int Samples = 200;

    private readonly SampleBatchPool _pool = new(Samples, retainedCount: 16);
    private readonly SourceQueue _queue = new(capacity: 16);
    private long _time;

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Batch()
    {
        var batch = _pool.Rent(TagTable.Empty);
        var now = new UtcTime(_time += TimeSpan.TicksPerSecond);
        for (var i = 0; i < Samples; i++)
        {
            batch.Add(i, UtcTime.None, UtcTime.None, now, StatusCode.Good, i);
        }

        _queue.TryWrite(batch);
        _queue.TryRead(out var item);
        var count = item.Batch!.Count;
        item.Batch.Release();
        return count;
    }
}
