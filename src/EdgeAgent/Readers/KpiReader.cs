using System.Globalization;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Sinks;
using EdgeAgent.Topology;

namespace EdgeAgent.Readers;

/// <summary>
/// Feeds the KPI engine with the journal and puts every period that becomes final into the outbox. Messages and the
/// position up to which they were formed go into the outbox in one transaction, so a restart neither repeats nor misses
/// one: what is read again before that position brings the engine up to date and is not published again, even under
/// another configuration.
/// </summary>
internal sealed partial class KpiReader : IDisposable
{
    /// <summary>The name of the cursor and of the position in the outbox.</summary>
    public const string Name = "kpi";

    // What a restart replays at most; a snapshot of 200 devices takes milliseconds.
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromMinutes(1);

    // A full disk or a busy file ends by itself or by people.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly KpiEngine _engine;
    private readonly JournalCursor _cursor;
    private readonly Outbox _outbox;
    private readonly KpiSnapshotFile _snapshots;
    private readonly KpiMessages _messages;
    private readonly KpiPublication _publication;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    // A position means an entry of one journal; after a new journal the old one must not hold messages back.
    private readonly string _positionName;

    // Under the gate, like the engine.
    private long _processedTo;

    // Used only by the run loop.
    private readonly List<OutboxMessage> _pending = []; // Formed and not yet in the outbox.
    private readonly long _replayTo;
    private long _publishedTo;
    private long _takenTo; // Read by others too.
    private long _snapshotAt;
    private UtcTime _watermark = UtcTime.None;
    private UtcTime _closedMinute = UtcTime.None;

    public KpiReader(
        KpiModel model, SampleJournal journal, Outbox outbox, KpiSnapshotFile snapshots, KpiMessages messages,
        KpiPublication publication, Pulse pulse, TimeProvider clock, ILogger<KpiReader> log)
    {
        (_outbox, _snapshots, _messages, _publication, _clock, _log) =
            (outbox, snapshots, messages, publication, clock, log);
        Pulse = pulse;
        _positionName = string.Create(CultureInfo.InvariantCulture, $"{Name}-{journal.Recovery.Epoch:x16}");
        (_engine, var position, var complaint) = snapshots.Load(model);
        _cursor = journal.OpenCursor(Name);
        if (complaint is null && position < _cursor.Position)
        {
            (_engine, position) = (new(model), 0);
            complaint = "the snapshot is older than the reader's position";
        }

        if (complaint is not null)
        {
            // The cursor stands where the lost snapshot was.
            Log.StartsOver(_log, complaint);
            _cursor.Dispose();
            journal.RemoveCursor(Name);
            _cursor = journal.OpenCursor(Name);
        }

        _replayTo = position;
        _processedTo = Math.Max(position, _cursor.Position);
        _takenTo = _cursor.Position;
        _publishedTo = outbox.ReadPosition(_positionName) ?? 0;
        _snapshotAt = clock.GetTimestamp();
    }

    public Pulse Pulse { get; }

    /// <summary>The next entry the engine has not seen, or whose messages are not in the outbox.</summary>
    public long Position => Interlocked.Read(ref _takenTo);

    /// <summary>Durable entries the engine has not seen, or whose messages are not in the outbox.</summary>
    public long Backlog => _cursor.Position + _cursor.Backlog - Position;

    /// <summary>Any figure at any time, from what is durable by now.</summary>
    public KpiResult Compute(KpiDefinition kpi, KpiScope scope, KpiPeriod period) =>
        Compute([kpi], scope, period).Results[0];

    /// <summary>Several figures from the same entries of the journal.</summary>
    public KpiFigures Compute(IReadOnlyList<KpiDefinition> kpis, KpiScope scope, KpiPeriod period)
    {
        lock (_gate)
        {
            return new([.. kpis.Select(kpi => _engine.Compute(kpi, scope, period))], _processedTo);
        }
    }

    /// <summary>The newest period of this kind that is final, or null before the first.</summary>
    public KpiPeriod? LatestFinal(PeriodKind kind)
    {
        lock (_gate)
        {
            return _engine.LatestFinal(kind);
        }
    }

    /// <summary>Runs until cancelled, then reads what is durable to its end and takes a snapshot.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                Pulse.Idle();
                var entry = await _cursor.ReadAsync(cancellationToken);
                Pulse.Busy();
                Take(entry);
                await PutPendingAsync(cancellationToken);
                if (_clock.GetElapsedTime(_snapshotAt) >= SnapshotInterval)
                {
                    await SaveAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await FinishAsync();
        }
        finally
        {
            Pulse.Idle();
        }
    }

    public void Dispose() => _cursor.Dispose();

    private async Task FinishAsync()
    {
        try
        {
            PutPending();
            while (_cursor.TryRead(out var entry))
            {
                Take(entry);
                PutPending();
            }

            await SaveAsync();
        }
        catch (OutboxException error)
        {
            // No snapshot behind messages that are nowhere: the next start forms them again.
            Log.LeftToNextStart(_log, error.Message);
        }
    }

    private void Take(JournalEntry entry)
    {
        // What the snapshot already contains is read again only because segments are passed by the cursor's own
        // position.
        if (entry.NextSequence <= _replayTo)
        {
            entry.Batch?.Release();
            return;
        }

        lock (_gate)
        {
            Process(entry);
            FormMessages(entry.NextSequence);
            _processedTo = entry.NextSequence;
        }
    }

    private void Process(JournalEntry entry)
    {
        if (entry.Batch is { } batch)
        {
            _engine.Process(batch);
            foreach (var time in batch.GatewayTimes)
            {
                _watermark = time > _watermark ? time : _watermark;
            }

            batch.Release();
        }
        else if (entry.Gap is { } gap)
        {
            _engine.Process(gap);
            _watermark = gap.To > _watermark ? gap.To : _watermark;
        }
    }

    /// <summary>The messages of all periods that the newest entry made final or changed after all.</summary>
    private void FormMessages(long position)
    {
        // Periods end on whole minutes and become final one delay later: nothing can have within the same minute.
        var closable = _watermark - _engine.ClosingDelay;
        var minute = new UtcTime(closable.Ticks - (closable.Ticks % TimeSpan.TicksPerMinute));
        if (minute <= _closedMinute)
        {
            return;
        }

        _closedMinute = minute;
        var closed = _engine.Close(_watermark);
        var restated = closed.Count > 0 ? _engine.TakeRestated() : [];
        if (position <= _publishedTo)
        {
            return;
        }

        AddMessages(closed, revision: 0);
        AddMessages(restated, revision: position);
    }

    private void AddMessages(IReadOnlyList<KpiPeriod> periods, long revision)
    {
        foreach (var period in periods.Where(_publication.Includes))
        {
            _pending.AddRange(_publication.Figures.Select(
                figure => _messages.Form(_engine.Compute(figure.Kpi, figure.Scope, period), revision)));
        }
    }

    /// <exception cref="OutboxException">The messages are still pending.</exception>
    private void PutPending()
    {
        if (_pending.Count > 0)
        {
            _outbox.PutAll(_pending, _positionName, _cursor.Position);
            _publishedTo = _cursor.Position;
            _pending.Clear();
        }

        Interlocked.Exchange(ref _takenTo, _cursor.Position);
    }

    private async ValueTask PutPendingAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                PutPending();
                return;
            }
            catch (OutboxException error)
            {
                // The outbox reports its own state; the messages wait here and the journal keeps what follows.
                if (failures == 0)
                {
                    Log.OutboxUnavailable(_log, error.Message);
                }
            }

            Pulse.Busy();
            await Task.Delay(RetryDelay, _clock, cancellationToken);
        }
    }

    private async Task SaveAsync()
    {
        _snapshotAt = _clock.GetTimestamp();
        try
        {
            lock (_gate)
            {
                _snapshots.Form(_engine, _cursor.Position);
            }

            _snapshots.Write();
            await _cursor.CommitAsync(_cursor.Position, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotSaved(_log, error.Message);
        }
    }
}
