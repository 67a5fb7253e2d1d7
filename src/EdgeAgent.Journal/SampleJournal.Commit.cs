using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

// The side of the disk: one task takes the open group, makes it durable, and gives it to the readers.
public sealed partial class SampleJournal
{
    // A full disk is looked at again soon: "back to normal" must come within seconds of the room. No jitter: one disk
    // is no herd.
    private static readonly RetrySchedule DiskFullRetry = new()
    {
        DelayMin = TimeSpan.FromSeconds(1),
        DelayMax = TimeSpan.FromSeconds(5),
        Jitter = 0,
    };

    // A reader's commit ends the wait for budget at once; this is for segments that become too old.
    private static readonly TimeSpan BudgetRetry = TimeSpan.FromSeconds(5);

    // The committer's own.
    private readonly SegmentWriter _writer;
    private readonly List<SegmentFile> _unreadable;
    private readonly SemaphoreSlim _due = new(0);
    private readonly SemaphoreSlim _passed = new(0);

    // Under the gate.
    private readonly JournalHealth _health;
    private CommitGroup _committing = new();
    private bool _hasSegment;
    private long _durableSamples;
    private long _durableGaps;
    private long _durableBytes;
    private long _commits;

    /// <summary>
    /// Commits groups until cancelled, then what has been appended by then, and returns; appending fails from then on.
    /// Disk errors never end it: they are states (see <see cref="JournalState"/>).
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            LoadBallast();
            while (true)
            {
                await _due.WaitAsync(cancellationToken);
                await CommitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                Refuse();
            }
        }

        // The group that was interrupted, and the open one.
        await CommitAsync(cancellationToken);
        await CommitAsync(cancellationToken);
        lock (_gate)
        {
            _hasEnded = true;
            WakeWaiters();
        }

        ReportPending();
    }

    /// <summary>Asks the committer to commit the open group now.</summary>
    private void CommitSoon()
    {
        // Two requests in a race only make it look once too often. Disposing races with the timer's last call.
        if (!_isDisposed && _due.CurrentCount == 0)
        {
            _due.Release();
        }
    }

    private void OnPassed()
    {
        if (_passed.CurrentCount == 0)
        {
            _passed.Release();
        }
    }

    /// <summary>
    /// Makes one group durable. Waits as long as the disk or budget is full; if cancelled while waiting, leaves the
    /// group for the next call. Once cancelled it tries once and does not wait.
    /// </summary>
    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (!TakeGroup())
        {
            return;
        }

        var failures = 0;
        while (true)
        {
            if (_health.State == JournalState.Stopped)
            {
                return;
            }

            ApplyRetention();
            if (IsOverBudget())
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                await WaitForBudgetAsync(cancellationToken);
                continue;
            }

            try
            {
                if (_health.State != JournalState.DiskFull || _ballast.TryLoad(ReserveBytes()))
                {
                    Publish(_writer.Write(_committing));
                    return;
                }
            }
            catch (Exception failure) when (DiskError.IsOne(failure))
            {
                OnFailure(failure);
            }

            if (_health.State == JournalState.DiskFull)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                failures++;
                await Task.Delay(DiskFullRetry.DelayAfter(failures, 0), _clock, cancellationToken);
            }
        }
    }

    private TimeSpan PendingFor()
    {
        var oldest = _committing.IsEmpty ? _open : _committing;
        return oldest.IsEmpty ? TimeSpan.Zero : _clock.GetElapsedTime(oldest.OpenedAt);
    }

    private bool TakeGroup()
    {
        lock (_gate)
        {
            if (_committing.IsEmpty)
            {
                (_committing, _open) = (_open, _committing);
            }

            return !_committing.IsEmpty;
        }
    }

    private void Publish(StoredSegment segment)
    {
        var started = _committing.Start;
        var bytes = _committing.Bytes.Length + (started is null ? 0 : segment.Header.RecordsOffset);
        var before = _health.State;
        _log.Publish(_committing, segment);

        lock (_gate)
        {
            _durableSamples += _committing.SampleCount;
            _durableGaps += _committing.Items.Count(static item => item.Gap is not null);
            _durableBytes += bytes;
            _commits++;
            _committing.Clear();
            _health.OnCommitted(bytes);
            WakeWaiters();
        }

        if (started is not null)
        {
            Report(JournalEventKind.SegmentStarted, $"{segment.Name} starts with entry {segment.FirstSequence}.");
            LoadBallast();
        }

        ReportState(before);
    }

    // The file is not to be believed any more, whatever a second fsync would say: everything that is not durable goes,
    // from memory, into a new segment.
    private void OnFailure(Exception failure)
    {
        var before = _health.State;
        lock (_gate)
        {
            if (DiskError.IsFull(failure))
            {
                _health.OnDiskFull($"The disk of '{_config.Folder}' is full: {failure.Message}");
            }
            else
            {
                _health.OnBroken($"Writing to '{_config.Folder}' failed: {failure.Message}");
            }

            _encoder.Restart(_log.NextSequence, UtcTime.Now(_clock), _committing, _open);
            if (_health.State == JournalState.Stopped)
            {
                WakeWaiters();
            }
        }

        Report(JournalEventKind.DiskFailed, $"{failure.Message} The entries not yet durable go to a new segment.");
        if (_health.State == JournalState.DiskFull)
        {
            ReleaseBallast();
        }

        ReportState(before);
    }

    private void ReportState(JournalState before)
    {
        if (_health.State != before)
        {
            Report(JournalEventKind.StateChanged, $"The journal is {_health.State}. {_health.Reason}".TrimEnd());
        }
    }

    private void ReportPending()
    {
        var pending = Status().PendingSamples;
        if (pending > 0)
        {
            Report(JournalEventKind.PendingLost, $"{pending} samples were not durable when the journal was stopped.");
        }
    }

    // What must be free beside the ballast before writing goes on: the groups that wait, and their segment's front.
    private long ReserveBytes() => 2 * GroupBytes();

    private long GroupBytes() => _committing.Bytes.Length + (_committing.Start?.FrontBytes ?? 0);

    private bool IsOverBudget() => StoredBytes(_log.Segments) + GroupBytes() > _config.BudgetBytes;

    private static long StoredBytes(List<StoredSegment> segments)
    {
        var bytes = 0L;
        foreach (var segment in segments)
        {
            bytes += segment.Length;
        }

        return bytes;
    }

    private async Task WaitForBudgetAsync(CancellationToken cancellationToken)
    {
        var before = _health.State;
        lock (_gate)
        {
            _health.OnBudgetReached(
                $"The journal in '{_config.Folder}' uses its budget of {_config.BudgetBytes} bytes, and a reader still "
                + $"needs the oldest segment (readers have passed entry {_cursors.Passed}).");
        }

        ReportState(before);
        using var timeout = new CancellationTokenSource(BudgetRetry, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _passed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look at the ages again.
        }
    }
}
