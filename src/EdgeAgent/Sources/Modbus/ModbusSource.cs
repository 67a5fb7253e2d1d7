using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Sources.Modbus;

/// <summary>
/// Polls all units behind one Modbus line. One flow of control, one request in flight; each unit and interval has its
/// own due instants, and each unit its own back-off. Every due poll ends as samples, good or bad, or lies inside a gap.
/// </summary>
internal sealed partial class ModbusSource : IReportingSource, IAsyncDisposable
{
    /// <summary>The shortest interval: twenty polls a second are more than any serial line bears.</summary>
    public static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(50);

    // The wall clock may be set while we wait, so long waits are cut.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(1);

    private readonly ModbusEndpoint _endpoint;
    private readonly TagTable _table;
    private readonly SampleBatchPool _pool;
    private readonly RetrySchedule _schedule;
    private readonly Func<double> _chance;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly long _epoch;
    private readonly ModbusClient _client;
    private readonly List<SampleBatch> _batches = [];

    // The line.
    private int _failedConnections;
    private TimeSpan _connectAt;
    private long _answersBefore;
    private bool? _wasConnected;
    private bool _wasRepeating;
    private volatile string? _trouble;

    // Counters; written by the run loop only.
    private long _polls;
    private long _skippedPolls;
    private ModbusExceptionCode _lastRefusal;
    private bool _isSkipping;
    private UtcTime _heldUpUntil = UtcTime.None;

    /// <param name="endpoint">What to poll.</param>
    /// <param name="table">What the tag indexes refer to.</param>
    /// <param name="pool">Where batches come from.</param>
    /// <param name="schedule">Back-off of units and of the connection.</param>
    /// <param name="chance">Random numbers in [0, 1) for the back-off's jitter.</param>
    /// <param name="clock">Wall clock and timers.</param>
    /// <param name="logger">One line for each change of state.</param>
    public ModbusSource(
        ModbusEndpoint endpoint, TagTable table, SampleBatchPool pool, RetrySchedule schedule, Func<double> chance,
        TimeProvider clock, ILogger logger)
    {
        _endpoint = endpoint;
        _table = table;
        _pool = pool;
        _schedule = schedule;
        _chance = chance;
        _clock = clock;
        _logger = logger;
        _epoch = clock.GetTimestamp();
        _client = new(endpoint.Transport, endpoint.Line, clock);
    }

    public string Name => _endpoint.Name;

    /// <summary>Why there is no connection; null while there is one, or before the first attempt. Any thread.</summary>
    public string? Trouble => _trouble;

    /// <summary>A snapshot for metrics; any thread.</summary>
    public ModbusSourceCounters Counters
    {
        get
        {
            var line = _client.Counters;
            return new(
                _polls, _skippedPolls, line.Requests, line.Answers, line.Refusals, line.Timeouts, line.GarbledAnswers,
                line.ForeignFrames, line.DrainedBytes, line.HeldBackRequests, line.Connections, line.FailedConnections,
                _lastRefusal);
        }
    }

    public SourceFigures Figures
    {
        get
        {
            var counters = Counters;
            return new(
                counters.Answers == 0 ? "no answer yet" : "reading",
                counters.Refusals + counters.Timeouts + counters.GarbledAnswers, counters.Polls, counters.SkippedPolls);
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_epoch);

    public async Task RunAsync(SourceQueue output, CancellationToken cancellationToken)
    {
        var groups = BuildGroups(UtcTime.Now(_clock));
        try
        {
            while (groups.Count > 0)
            {
                // Units that may cost a time-out come after those that are due with them.
                var group = groups.MinBy(candidate => (candidate.Due, candidate.Health.IsSilent))!;
                await WaitUntilDueAsync(group, groups, cancellationToken);
                await PollWhenDueAsync(group, groups, output, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how a source ends; what was polled last and not handed over is not accounted for as read.
            groups.ForEach(group => group.Sink.Discard());
            SettleGaps(groups, output);
        }
        finally
        {
            _batches.ForEach(batch => batch.Release());
            _batches.Clear();
            await _client.CloseAsync();
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private List<PollGroup> BuildGroups(UtcTime now)
    {
        var groups = new List<PollGroup>();
        foreach (var unit in _endpoint.Units)
        {
            var health = new UnitHealth(_schedule, _chance);
            var settings = new UnitReaderSettings
            {
                Timeout = _endpoint.Line.Timeout,
                Retries = _endpoint.Retries,
                Limits = unit.Limits,
            };
            foreach (var tags in unit.Tags.GroupBy(tag => tag.Interval))
            {
                var interval = tags.Key < IntervalMin ? IntervalMin : tags.Key;
                var list = tags.ToArray();
                var reader = new UnitReader(
                    _client, unit.Unit, [.. list.Select(tag => tag.Range)], settings, _clock);
                var grid = new PollGrid(interval, interval * _endpoint.Phase);
                var sink = new SampleSink(list, _table, _pool, _clock);
                groups.Add(new(unit, health, reader, sink, grid, grid.After(now)));
            }
        }

        return groups;
    }

    private async ValueTask WaitUntilDueAsync(
        PollGroup group, List<PollGroup> groups, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = UtcTime.Now(_clock);
            var wait = group.Due - now;
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            if (wait > group.Interval)
            {
                groups.ForEach(other => other.Realign(now));
                return;
            }

            await Task.Delay(wait < WaitMax ? wait : WaitMax, _clock, cancellationToken);
        }
    }

    private async ValueTask PollWhenDueAsync(
        PollGroup group, List<PollGroup> groups, SourceQueue output, CancellationToken cancellationToken)
    {
        var now = UtcTime.Now(_clock);
        if (now < group.Due)
        {
            return; // The clock was set back; the grid has been laid anew.
        }

        if (group.MissedBy(now) is var missed and > 0)
        {
            Skip(group, missed, group.Due < _heldUpUntil ? GapCause.QueueOverflow : GapCause.SourceOffline);
        }

        if (!output.HasRoom)
        {
            Skip(group, 1, GapCause.QueueOverflow);
            return;
        }

        await PollAsync(group, Budget(group, groups), cancellationToken);
        if (group.OwesGap)
        {
            await WriteAsync(output, group.SettleGap(group.Sink.FirstTime), cancellationToken);
        }

        group.Account(group.Sink.LastTime);
        group.Advance();
        group.Sink.TakeInto(_batches);
        while (_batches.Count > 0)
        {
            await WriteAsync(output, _batches[0], cancellationToken);
            _batches.RemoveAt(0);
        }

        _polls++;
        if (_isSkipping && !groups.Exists(other => other.OwesGap))
        {
            _isSkipping = false;
            LogOnTime(_logger, Name, _skippedPolls);
        }
    }

    /// <summary>Takes the item even from a full queue, which then holds the polls up.</summary>
    private async ValueTask WriteAsync(SourceQueue output, Captured item, CancellationToken cancellationToken)
    {
        if (!output.TryWrite(item))
        {
            await output.WriteAsync(item, cancellationToken);
            _heldUpUntil = UtcTime.Now(_clock);
        }
    }

    private async ValueTask PollAsync(PollGroup group, TimeSpan budget, CancellationToken cancellationToken)
    {
        var health = group.Health;
        if (!health.MayAsk(Now))
        {
            group.Sink.FailAll(health.Reason, health.Refusal);
            return;
        }

        if (!_client.IsOpen && !await ConnectAsync(cancellationToken))
        {
            group.Sink.FailAll(ReadOutcome.Disconnected, ModbusExceptionCode.None);
            return;
        }

        var holes = group.Reader.Holes;
        TimeSpan? probe = health.IsSilent ? health.ProbeTimeout(_endpoint.Line.Timeout, budget) : null;
        var outcome = await group.Reader.PollAsync(group.Sink, budget, probe, cancellationToken);
        Observe(group, outcome);
        if (group.Reader.Holes is var found && !ReferenceEquals(found, holes) && found.Count > 0)
        {
            LogHoles(_logger, Name, group.Unit.Unit, NamesOf(group, found));
        }
    }

    private async ValueTask<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        if (Now < _connectAt)
        {
            return false;
        }

        // A connection that ended without a single answer was no better than none.
        var answers = _client.Counters.Answers + _client.Counters.Refusals;
        _failedConnections = answers > _answersBefore ? 0 : _failedConnections;
        _answersBefore = answers;
        var isOpen = await _client.OpenAsync(cancellationToken);
        _failedConnections++;
        _connectAt = Now + _schedule.DelayAfter(_failedConnections, _chance());
        if (isOpen && _wasConnected != true)
        {
            LogConnected(_logger, Name);
        }
        else if (!isOpen && _wasConnected != false)
        {
            LogDisconnected(_logger, Name, _client.LastError);
        }

        _wasConnected = isOpen;
        _trouble = isOpen ? null : _client.LastError;
        return isOpen;
    }

    private void Observe(PollGroup group, PollOutcome outcome)
    {
        var health = group.Health;
        var (reason, refusal) = group.Sink.LastFailure;
        if (refusal != ModbusExceptionCode.None)
        {
            _lastRefusal = refusal;
        }

        if (outcome == PollOutcome.Alive && health.Spoke())
        {
            LogUnitAnswers(_logger, Name, group.Unit.Unit);
        }
        else if (outcome == PollOutcome.Silent && health.KeptSilent(reason, refusal, Now))
        {
            LogUnitSilent(_logger, Name, group.Unit.Unit, reason.ToString(), (byte)refusal);
        }

        if (!_client.IsOpen && _wasConnected == true)
        {
            _wasConnected = false;
            _trouble = _client.LastError;
            LogDisconnected(_logger, Name, _client.LastError);
        }

        if (_client.RepeatsFrames && !_wasRepeating)
        {
            LogRepeats(_logger, Name);
        }

        _wasRepeating = _client.RepeatsFrames;
    }

    private void Skip(PollGroup group, long polls, GapCause cause)
    {
        group.Skip(polls, cause);
        _skippedPolls += polls;
        if (!_isSkipping)
        {
            _isSkipping = true;
            LogSkipping(_logger, Name, cause.ToString());
        }
    }

    /// <summary>What was skipped before the end; behind what waits in a full queue nothing is durable anyway.</summary>
    private void SettleGaps(List<PollGroup> groups, SourceQueue output)
    {
        var now = UtcTime.Now(_clock);
        foreach (var group in groups.Where(group => group.OwesGap))
        {
            output.TryWrite(group.SettleGap(now));
        }
    }

    /// <summary>Time until another group that answers wants the line, or this one again.</summary>
    private TimeSpan Budget(PollGroup group, List<PollGroup> groups)
    {
        var until = group.Due + group.Interval;
        foreach (var other in groups)
        {
            if (other != group && other.Due < until && !other.Health.IsSilent)
            {
                until = other.Due;
            }
        }

        return until - UtcTime.Now(_clock);
    }

    private static string NamesOf(PollGroup group, IReadOnlyList<int> points)
    {
        const int MaxNames = 10;
        var names = string.Join(", ", points.Take(MaxNames).Select(group.Sink.NameOf));
        return points.Count > MaxNames ? $"{names} and {points.Count - MaxNames} more" : names;
    }
}
