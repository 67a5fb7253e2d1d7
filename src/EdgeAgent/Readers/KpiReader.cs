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

    // Under the gate, like the engine.
    private readonly Dictionary<PeriodKind, KpiPeriod> _latestFinal = [];

    // Used only by the run loop.
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
        (_engine, var position, var complaint) = snapshots.Load(model);
        if (complaint is not null)
        {
            // The cursor stands where the lost snapshot was.
            Log.StartsOver(_log, complaint);
            journal.RemoveCursor(Name);
        }

        _cursor = journal.OpenCursor(Name);
        _replayTo = position;
        _takenTo = _cursor.Position;
        _publishedTo = outbox.ReadPosition(Name) ?? 0;
        _snapshotAt = clock.GetTimestamp();
    }

    public Pulse Pulse { get; }

    /// <summary>The next entry of the journal the engine has not seen.</summary>
    public long Position => Interlocked.Read(ref _takenTo);

    /// <summary>Durable entries the engine has not seen, or whose messages are not in the outbox.</summary>
    public long Backlog => _cursor.Position + _cursor.Backlog - Position;

    /// <summary>Any figure at any time, from what is durable by now.</summary>
    public KpiResult Compute(KpiDefinition kpi, KpiScope scope, KpiPeriod period)
    {
        lock (_gate)
        {
            return _engine.Compute(kpi, scope, period);
        }
    }

    /// <summary>The newest period of this kind that is final, or null before the first.</summary>
    public KpiPeriod? LatestFinal(PeriodKind kind)
    {
        lock (_gate)
        {
            return _latestFinal.GetValueOrDefault(kind);
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
                await TakeAsync(entry, cancellationToken);
                if (_clock.GetElapsedTime(_snapshotAt) >= SnapshotInterval)
                {
                    await SaveAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            while (_cursor.TryRead(out var entry))
            {
                await TakeAsync(entry, CancellationToken.None);
            }

            await SaveAsync();
        }
        finally
        {
            Pulse.Idle();
        }
    }

    public void Dispose() => _cursor.Dispose();

    private async Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        // What the snapshot already contains is read again only because segments are passed by the cursor's own
        // position.
        if (entry.NextSequence <= _replayTo)
        {
            entry.Batch?.Release();
            Interlocked.Exchange(ref _takenTo, entry.NextSequence);
            return;
        }

        List<OutboxMessage> messages;
        lock (_gate)
        {
            Process(entry);
            messages = FormMessages(entry.NextSequence);
        }

        if (messages.Count > 0)
        {
            await PutAsync(messages, entry.NextSequence, cancellationToken);
        }

        Interlocked.Exchange(ref _takenTo, entry.NextSequence);
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
    private List<OutboxMessage> FormMessages(long position)
    {
        // Periods end on whole minutes: nothing can have become final within the same one.
        var minute = new UtcTime(_watermark.Ticks - (_watermark.Ticks % TimeSpan.TicksPerMinute));
        var closed = minute > _closedMinute ? _engine.Close(_watermark) : [];
        _closedMinute = minute > _closedMinute ? minute : _closedMinute;
        var restated = closed.Count > 0 ? _engine.TakeRestated() : [];
        foreach (var period in closed)
        {
            _latestFinal[period.Kind] = period;
        }

        if (position <= _publishedTo)
        {
            return [];
        }

        var messages = new List<OutboxMessage>();
        foreach (var period in closed.Where(_publication.Includes))
        {
            messages.AddRange(Results(period).Select(result => _messages.Form(result, revision: 0)));
        }

        foreach (var period in restated.Where(_publication.Includes))
        {
            messages.AddRange(Results(period).Select(result => _messages.Form(result, revision: position)));
        }

        return messages;
    }

    private IEnumerable<KpiResult> Results(KpiPeriod period) =>
        _publication.Figures.Select(figure => _engine.Compute(figure.Kpi, figure.Scope, period));

    private async Task PutAsync(
        List<OutboxMessage> messages, long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _outbox.PutAll(messages, Name, position);
                _publishedTo = position;
                return;
            }
            catch (OutboxException error)
            {
                // The outbox reports its own state; the messages wait here and the journal keeps what follows.
                Log.OutboxUnavailable(_log, error.Message);
                await Task.Delay(RetryDelay, _clock, cancellationToken);
            }
        }
    }

    private async Task SaveAsync()
    {
        _snapshotAt = _clock.GetTimestamp();
        try
        {
            _snapshots.Save(_engine, _cursor.Position);
            await _cursor.CommitAsync(_cursor.Position, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotSaved(_log, error.Message);
        }
    }
}
