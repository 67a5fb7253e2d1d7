using System.Security.Cryptography;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// The whole life of one server's tags: connects, resolves, subscribes in batches, pumps, repairs, fills from history, and
/// says what is lost. Run once. What comes after what is in <see cref="OutageSteps"/>; here it is done.
/// </summary>
public sealed partial class SubscriptionRunner
{
    // Closing is a courtesy; the server forgets by itself.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly Func<CancellationToken, Task<ISessionPort>> _connect;
    private readonly RunnerContext _context;
    private readonly IReadOnlyList<MonitoredTag> _tags;
    private readonly ConnectSchedule _schedule;
    private readonly Func<double> _chance;
    private readonly ItemCreator _creator;
    private readonly Holes _holes;
    private readonly Repairer _repairer;
    private readonly Backfiller _backfiller;
    private readonly TagWatch _watch;
    private readonly PumpDepth _depth;
    private readonly List<ISessionPort> _retired = [];
    private readonly UaDateTime _began;

    private ISessionPort? _port;
    private Poller? _poller;
    private int _failures;
    private long? _attemptedAt;
    private bool _isInOutage;
    private OpenHole _outage;

    /// <param name="connect">Opens a session, for example by <see cref="OpcUaConnector.ConnectAsync"/>.</param>
    /// <param name="tags">What is wanted.</param>
    /// <param name="settings">How.</param>
    /// <param name="sink">Takes values and losses.</param>
    /// <param name="clock">The time.</param>
    /// <param name="events">Takes changes of state; null if nobody wants to know.</param>
    /// <exception cref="ArgumentException">Two tags have one handle, or a handle is too large.</exception>
    public SubscriptionRunner(
        Func<CancellationToken, Task<ClientSession>> connect, IReadOnlyList<MonitoredTag> tags,
        SubscriptionSettings settings, IValueSink sink, TimeProvider clock, IRunnerEvents? events = null)
        : this(
            async cancellationToken => new ClientSessionPort(await connect(cancellationToken)),
            tags, settings, sink, clock, events ?? new NoEvents(),
            static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue)
    {
    }

    /// <param name="chance">Gives a random number in [0, 1).</param>
    internal SubscriptionRunner(
        Func<CancellationToken, Task<ISessionPort>> connect, IReadOnlyList<MonitoredTag> tags,
        SubscriptionSettings settings, IValueSink sink, TimeProvider clock, IRunnerEvents events, Func<double> chance)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(settings);
        (_connect, _tags, _chance) = (connect, tags, chance);
        _context = new(tags, settings, sink, events, clock, Counters);
        _schedule = new(settings.ConnectDelayMin, settings.ConnectDelayMax);
        _creator = new(_context);
        _holes = new(_context);
        _repairer = new(_context);
        _backfiller = new(_context, _holes);
        _watch = new(_context);
        _depth = new(settings.PublishRequestsMax);
        _began = UaDateTime.From(clock.GetUtcNow());
        _outage = new(_began, LossCause.ConnectionLost, "The server could not be reached.");
    }

    public RunnerCounters Counters { get; } = new();

    public RunnerState State { get; private set; } = RunnerState.Stopped;

    /// <summary>Runs until cancelled, and then closes the session with its subscriptions.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var step = OutageStep.Connect;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                step = OutageSteps.After(step, await DoAsync(step, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how a runner ends.
        }
        finally
        {
            await StopAsync();
        }
    }

    private async Task<StepResult> DoAsync(OutageStep step, CancellationToken cancellationToken)
    {
        try
        {
            return step switch
            {
                OutageStep.Connect => await ConnectAsync(cancellationToken),
                OutageStep.Reactivate => await ReactivateAsync(cancellationToken),
                OutageStep.Transfer => await TransferAsync(cancellationToken),
                OutageStep.Republish => await RepublishAsync(cancellationToken),
                OutageStep.Create => await CreateAsync(cancellationToken),
                OutageStep.Listen => await ListenAsync(cancellationToken),
                _ => await PollAsync(cancellationToken),
            };
        }
        catch (OpcUaException failure)
        {
            return Failed(step, failure);
        }
    }

    private StepResult Failed(OutageStep step, OpcUaException failure)
    {
        var result = OutageSteps.ResultOf(step, failure.Status);
        if (result == StepResult.NoSubscriptions)
        {
            return result;
        }

        StopPump();
        if (step is OutageStep.Listen or OutageStep.Poll)
        {
            BeginOutage(failure);
        }
        else
        {
            _failures++;
        }

        if (step is OutageStep.Connect or OutageStep.Reactivate)
        {
            Counters.AddConnectFailure();
            _context.Events.ConnectFailed(
                Math.Max(_failures, 1), failure, _schedule.Delay(_failures, SinceAttempt(), 0));
        }

        SetState(RunnerState.Connecting, failure);
        return result;
    }

    private void BeginOutage(OpcUaException failure)
    {
        var cause = _isSilent ? LossCause.ServerSilent
            : _serverState == Services.ServerState.Shutdown ? LossCause.ServerShutdown
            : LossCause.ConnectionLost;
        _isInOutage = true;
        _outage = new(default, cause, failure.Message);
        if (_poller is { LastPoll.IsNone: false } poller)
        {
            poller.Hole ??= _outage with { From = poller.LastPoll };
        }
    }

    private void SetState(RunnerState state, OpcUaException? reason = null)
    {
        if (State != state)
        {
            State = state;
            _context.Events.StateChanged(state, reason);
        }
    }

    private async Task StopAsync()
    {
        StopPump();
        if (_isInOutage)
        {
            lock (_context.Gate)
            {
                foreach (var subscription in _context.Subscriptions.Where(subscription => !subscription.CompleteTime.IsNone))
                {
                    subscription.Hole ??= _outage with { From = _context.Reception.HoleFrom(subscription) };
                }
            }
        }

        _holes.CloseForGood();
        if (_poller?.Hole is { } hole)
        {
            _context.Lost(new(null, hole.From, _context.Reception.ServerNow, hole.Cause, hole.Detail));
        }

        _retired.AddRange(_port is null ? [] : [_port]);
        await RetireAsync();
        _context.Signal.Dispose();
        SetState(RunnerState.Stopped);
    }

    private async Task RetireAsync()
    {
        foreach (var port in _retired)
        {
            try
            {
                await port.DisposeAsync().AsTask().WaitAsync(StopTimeout, _context.Clock);
            }
            catch (TimeoutException)
            {
                // The server does not answer; it ends the session by itself.
            }
        }

        _retired.Clear();
    }
}
