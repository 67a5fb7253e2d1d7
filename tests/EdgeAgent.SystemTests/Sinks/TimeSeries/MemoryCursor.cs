using System.Threading.Channels;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.SystemTests.Sinks.TimeSeries;

/// <summary>A journal of a few batches in memory, with a cursor that remembers every commit.</summary>
internal sealed class MemoryCursor(TagTable tags) : ISampleCursor
{
    private readonly SampleBatchPool _pool = new(rowCapacity: 1_000, retainedCount: 4);
    private readonly Channel<SampleBatch> _batches = Channel.CreateUnbounded<SampleBatch>();
    private long _committed;

    /// <summary>The next sequence to be appended.</summary>
    public long End { get; private set; }

    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Appends one batch; its samples follow on in sequence.</summary>
    public void Append(Action<SampleBatch> fill)
    {
        var batch = _pool.Rent(tags);
        fill(batch);
        batch.FirstSequence = End;
        End += batch.Count;
        _batches.Writer.TryWrite(batch);
    }

    public bool TryRead(out SampleBatch batch) => _batches.Reader.TryRead(out batch!);

    public async ValueTask WaitToReadAsync(CancellationToken cancellationToken) =>
        await _batches.Reader.WaitToReadAsync(cancellationToken);

    public ValueTask CommitAsync(long position, CancellationToken cancellationToken)
    {
        Assert.InRange(position, Committed, End);
        Interlocked.Exchange(ref _committed, position);
        return ValueTask.CompletedTask;
    }
}
