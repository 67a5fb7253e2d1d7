using System.Collections.Concurrent;

namespace EdgeAgent.Core.Model;

/// <summary>
/// Keeps up to <paramref name="retainedCount"/> empty batches of <paramref name="rowCapacity"/> rows for reuse; what
/// comes back beyond that is left to the garbage collector. Thread-safe.
/// </summary>
public sealed class SampleBatchPool(int rowCapacity, int retainedCount)
{
    private readonly ConcurrentQueue<SampleBatch> _batches = new();
    private int _count;

    public int RowCapacity { get; } = rowCapacity;

    /// <summary>An empty batch with one reference, owned by the caller.</summary>
    public SampleBatch Rent(TagTable tags)
    {
        if (_batches.TryDequeue(out var batch))
        {
            Interlocked.Decrement(ref _count);
        }
        else
        {
            batch = new(this, RowCapacity);
        }

        batch.Rent(tags);
        return batch;
    }

    internal void Return(SampleBatch batch)
    {
        if (Interlocked.Increment(ref _count) <= retainedCount)
        {
            _batches.Enqueue(batch);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
