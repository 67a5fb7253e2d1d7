using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal.Format;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

// The side of the sources: entries are encoded into the open group.
public sealed partial class SampleJournal
{
    /// <summary>
    /// Rows that the batches of a group may have room for, whatever few bytes they make: 10 MiB of batches in memory. A
    /// group that gets there is committed, and a group that is twice as big takes no more.
    /// </summary>
    private const int GroupRowsMax = 256 * 1024;

    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    // Guards all of the following, and the health and counters. Held while a batch is encoded, never during I/O.
    private readonly Lock _gate = new();
    private readonly SegmentEncoder _encoder;
    private readonly ITimer _commitTimer;
    private CommitGroup _open = new();
    private TaskCompletionSource _room = NewSignal();
    private TagTable? _toldTags;
    private bool _isRefusing;
    private bool _hasEnded;
    private bool _isDisposed;

    /// <summary>
    /// Takes a batch or gap over, with the caller's reference to the batch. It is durable, and numbered, when the group
    /// it goes into is committed. Waits while too much is waiting for the disk: the caller then holds its source back.
    /// Thread-safe; entries of one caller stay in order.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The rows do not fit their tag table, or a text is too long; nothing is taken.
    /// </exception>
    /// <exception cref="InvalidOperationException">The journal has been stopped; nothing is taken.</exception>
    /// <exception cref="OperationCanceledException">Nothing is taken.</exception>
    public ValueTask AppendAsync(Captured item, CancellationToken cancellationToken) =>
        TryAppend(item) ? ValueTask.CompletedTask : AppendWithRoomAsync(item, cancellationToken);

    /// <summary>
    /// Completes when all that was appended before the call is durable.
    /// </summary>
    /// <exception cref="IOException">The journal has stopped; see <see cref="Status"/>.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        long end;
        lock (_gate)
        {
            end = _encoder.NextSequence;
        }

        while (_log.NextSequence < end)
        {
            CommitSoon();
            Task room;
            lock (_gate)
            {
                if (_health.State == JournalState.Stopped || _hasEnded)
                {
                    throw new IOException(
                        $"The entries {_log.NextSequence} to {end - 1} could not be stored. {_health.Reason}");
                }

                room = _room.Task;
            }

            if (_log.NextSequence < end)
            {
                await room.WaitAsync(cancellationToken);
            }
        }
    }

    private async ValueTask AppendWithRoomAsync(Captured item, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                room = _room.Task;
            }

            if (TryAppend(item))
            {
                return;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    private bool TryAppend(Captured item)
    {
        lock (_gate)
        {
            if (_isRefusing)
            {
                throw new InvalidOperationException("The journal has been stopped.");
            }

            var problem = item.Batch is { } batch ? _encoder.Problem(batch)
                : item.Gap is { } gap ? GapCodec.Problem(gap)
                : "There is neither a batch nor a gap.";
            if (problem is not null)
            {
                throw new ArgumentException(problem, nameof(item));
            }

            if (item.Batch?.Count == 0)
            {
                item.Batch.Release();
                return true;
            }

            if (!HasRoom(item.Batch))
            {
                CommitSoon();
                return false;
            }

            Encode(item);
            return true;
        }
    }

    private bool HasRoom(SampleBatch? batch) =>
        _open.IsEmpty
        || (_open.Bytes.Length < JournalConfig.OpenGroupCommitCount * _config.CommitBytes
            && _open.RowCapacity < 2 * GroupRowsMax
            && (batch is null || _encoder.IsUnder(batch.Tags)));

    private void Encode(Captured item)
    {
        if (_open.IsEmpty)
        {
            var tags = item.Batch?.Tags ?? _encoder.Tags;
            if (!_hasSegment || _encoder.IsSegmentFull(_config.SegmentBytes) || !_encoder.IsUnder(tags))
            {
                _open.Start = _encoder.StartSegment(tags, UtcTime.Now(_clock));
                _hasSegment = true;
            }

            _open.OpenedAt = _clock.GetTimestamp();
            _commitTimer.Change(_config.CommitInterval, Never);
        }

        // A new configuration may have new units for the same tags: readers get the newest.
        if (!ReferenceEquals(_toldTags, _encoder.Tags))
        {
            _toldTags = _encoder.Tags;
            _tables.Add(_encoder.TagSection, _toldTags);
        }

        _open.Add(item);
        _encoder.Encode(item, _open);
        if (_open.Bytes.Length >= _config.CommitBytes || _open.RowCapacity >= GroupRowsMax)
        {
            CommitSoon();
        }
    }

    /// <summary>From now on nothing is taken any more. Called under the gate.</summary>
    private void Refuse()
    {
        _isRefusing = true;
        WakeWaiters();
    }

    /// <summary>Whoever waits for room or durability looks again. Called under the gate.</summary>
    private void WakeWaiters()
    {
        var room = _room;
        _room = NewSignal();
        room.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
