using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace EdgeAgent.Core.Pipeline;

/// <summary>
/// The bounded queue between one source and the journal. One writer, one reader. Full means: the writer waits or holds
/// back (Modbus skips polls, OPC UA withholds publish requests); nothing is ever dropped from the queue.
/// </summary>
public sealed class SourceQueue
{
    private readonly Channel<Captured> _items;
    private readonly int _capacity;
    private long _capturedSamples;

    /// <param name="capacity">The most batches and gaps that may wait.</param>
    public SourceQueue(int capacity)
    {
        _capacity = capacity;
        _items = Channel.CreateBounded<Captured>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = false,
        });
    }

    /// <summary>Whether a write would be taken at once. True stays true until the single writer writes.</summary>
    public bool HasRoom => _items.Reader.Count < _capacity;

    /// <summary>Batches and gaps waiting.</summary>
    public int Count => _items.Reader.Count;

    /// <summary>Samples written since the start: the counter "captured".</summary>
    public long CapturedSamples => Interlocked.Read(ref _capturedSamples);

    /// <summary>Takes over the item, or returns false and leaves it with the caller.</summary>
    public bool TryWrite(Captured item)
    {
        var count = item.Batch?.Count ?? 0;
        if (!_items.Writer.TryWrite(item))
        {
            return false;
        }

        Interlocked.Add(ref _capturedSamples, count);
        return true;
    }

    /// <summary>Takes over the item as soon as there is room.</summary>
    public async ValueTask WriteAsync(Captured item, CancellationToken cancellationToken)
    {
        var count = item.Batch?.Count ?? 0;
        await _items.Writer.WriteAsync(item, cancellationToken);
        Interlocked.Add(ref _capturedSamples, count);
    }

    /// <summary>The writer is done; the reader drains what is left.</summary>
    public void Complete() => _items.Writer.TryComplete();

    public bool TryRead([MaybeNullWhen(false)] out Captured item) => _items.Reader.TryRead(out item);

    /// <summary>True when there is something to read, false when the writer is done and all is read.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) =>
        _items.Reader.WaitToReadAsync(cancellationToken);
}
