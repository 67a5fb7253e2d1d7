using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Readers;

/// <summary>The time-series writer's view of its journal cursor: batches only, for a gap has no line.</summary>
internal sealed class TimeSeriesCursor(JournalCursor cursor) : ISampleCursor
{
    private JournalEntry? _next;

    public bool TryRead(out SampleBatch batch)
    {
        while (_next is { } entry || cursor.TryRead(out entry))
        {
            _next = null;
            if (entry.Batch is not null)
            {
                batch = entry.Batch;
                return true;
            }
        }

        batch = null!;
        return false;
    }

    public async ValueTask WaitToReadAsync(CancellationToken cancellationToken) =>
        _next ??= await cursor.ReadAsync(cancellationToken);

    public ValueTask CommitAsync(long position, CancellationToken cancellationToken) =>
        cursor.CommitAsync(position, cancellationToken);
}
