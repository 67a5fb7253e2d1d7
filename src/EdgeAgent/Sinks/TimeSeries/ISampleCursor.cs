using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>
/// The writer's view of a durable cursor over the journal: batches in the order of their sequence, durable ones only.
/// One reader, which calls one method at a time.
/// </summary>
internal interface ISampleCursor
{
    /// <summary>
    /// Hands over the next batch, or returns false when there is none yet. The caller releases the batch.
    /// </summary>
    bool TryRead(out SampleBatch batch);

    /// <summary>Completes when <see cref="TryRead"/> may find something. Cancelling it loses nothing.</summary>
    ValueTask WaitToReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Remembers durably that everything before <paramref name="position"/>, a journal sequence, is done with.
    /// </summary>
    ValueTask CommitAsync(long position, CancellationToken cancellationToken);
}
