using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>While values come: everything that has to be looked after.</summary>
public sealed partial class SubscriptionRunner
{
    // How soon trouble is noticed that nothing signals.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // Other duties wait at most so long for the filling of holes.
    private static readonly TimeSpan BackfillSlice = TimeSpan.FromMilliseconds(200);

    // An answer that was overtaken by another one comes within this, and needs no Republish.
    private static readonly TimeSpan OvertakenMax = TimeSpan.FromMilliseconds(500);

    // A subscription that is not asked for its news is shown to be wanted so often within its lifetime.
    private const int RenewalsInLifetime = 3;

    // After so many silent connections in a row the session itself is given up.
    private const int SilencesMax = 2;

    private TimeSpan _roundTrip;
    private ServerState _serverState;
    private bool _isSilent;
    private int _silences;
    private long _heardAtSilence;
    private long _statusAt;
    private long _retriedAt;
    private long _renewedAt;

    private async Task<StepResult> ListenAsync(CancellationToken cancellationToken)
    {
        var (port, pump) = (_port!, _context.Pump!);
        SetState(RunnerState.Subscribed);
        (_failures, _isInOutage, _isSilent) = (0, false, false);
        _statusAt = _retriedAt = _renewedAt = _context.Clock.GetTimestamp();
        while (true)
        {
            await _context.Signal.WaitAsync(_context.Sink.HasRoom ? Tick : Tick / 4, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfOver(port, pump);
            if (await LookAfterSubscriptionsAsync(port, pump, cancellationToken))
            {
                return StepResult.SubscriptionGone;
            }

            pump.TopUp();
            ThrowIfSilent(pump);
            if (await LookAfterServerAsync(port, pump, cancellationToken))
            {
                return StepResult.ServerChanged;
            }

            await LookAfterTagsAsync(port, cancellationToken);
        }
    }

    private static void ThrowIfOver(ISessionPort port, PublishPump? pump)
    {
        if (pump?.SessionFailure is { } failure)
        {
            throw failure;
        }

        if (port.Closed.IsCompleted)
        {
            throw port.Failure ?? new OpcUaException(StatusCodes.BadConnectionClosed, "The connection was closed.");
        }
    }

    // True if some subscription has to be created again.
    private async Task<bool> LookAfterSubscriptionsAsync(
        ISessionPort port, PublishPump pump, CancellationToken cancellationToken)
    {
        var isGone = false;
        foreach (var subscription in _context.Subscriptions)
        {
            if (subscription is { IsAlive: true, MissingSince: { } since }
                && _context.Clock.GetElapsedTime(since) >= Patience(subscription))
            {
                await _repairer.RepairAsync(port, subscription, cancellationToken);
                if (subscription is { Hole: not null, Ended: null })
                {
                    await SpeakAnewAsync(port, subscription, cancellationToken);
                }
            }

            if (subscription.Id != 0 && (pump.HasNoSubscription || subscription.Ended is not null))
            {
                var reason = subscription.Ended ?? StatusCodes.BadNoSubscription;
                _holes.Begin(subscription, LossCause.SubscriptionLost, $"The server has ended the subscription: {reason}.");
                isGone = true;
            }
        }

        pump.HasNoSubscription = false;
        if (_context.Reception.Orphan is var orphan and not 0)
        {
            // Its creation was answered into a connection that ended. It would eat up Publish requests.
            _context.Reception.Orphan = 0;
            if (!_context.Subscriptions.Exists(subscription => subscription.Id == orphan))
            {
                await DeleteAsync(port, [orphan]);
            }
        }

        if (pump.IsTooLarge)
        {
            pump.IsTooLarge = false;
            await ShrinkMessagesAsync(port, cancellationToken);
        }

        if (!isGone && _context.Subscriptions.Exists(subscription => subscription.Hole is not null))
        {
            CloseHoles();
        }

        return isGone;
    }

    private static TimeSpan Patience(ActiveSubscription subscription) =>
        subscription.Interval < OvertakenMax ? subscription.Interval : OvertakenMax;

    // What was lost may have been the last change of a tag: its present value is asked for.
    private async Task SpeakAnewAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        _holes.AwaitFirsts(subscription);
        try
        {
            await port.ResendDataAsync(subscription.Id, cancellationToken);
            subscription.SpeaksAnew = true;
        }
        catch (OpcUaException refusal) when (!port.Closed.IsCompleted && !OutageSteps.IsSessionGone(refusal.Status.Code))
        {
            subscription.SpeaksAnew = false;
            _watch.Want(subscription.Tags);
        }
    }

    private async Task ShrinkMessagesAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        foreach (var subscription in _context.Subscriptions.Where(subscription => subscription.IsAlive))
        {
            subscription.NotificationsMax = Math.Max(1, subscription.NotificationsMax / 2);
            await ModifyAsync(port, subscription, cancellationToken);
        }
    }

    // Any service that names a subscription shows that it is wanted (Part 4, 5.14.1.1), and changes nothing.
    private async Task ModifyAsync(ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        var (keepAlive, lifetime) = SubscriptionPlanner.CountsOf(subscription.RequestedInterval, _context.Settings);
        try
        {
            await port.CallAsync<ModifySubscriptionRequest, ModifySubscriptionResponse>(
                new()
                {
                    RequestHeader = port.Header,
                    SubscriptionId = subscription.Id,
                    RequestedPublishingInterval = subscription.RequestedInterval.TotalMilliseconds,
                    RequestedLifetimeCount = lifetime,
                    RequestedMaxKeepAliveCount = keepAlive,
                    MaxNotificationsPerPublish = subscription.NotificationsMax,
                },
                cancellationToken);
        }
        catch (OpcUaException refusal) when (refusal.Status.Code == StatusCodes.BadSubscriptionIdInvalid)
        {
            lock (_context.Gate)
            {
                subscription.Ended ??= refusal.Status;
            }
        }
    }

    private void ThrowIfSilent(PublishPump pump)
    {
        lock (_context.Gate)
        {
            foreach (var subscription in _context.Subscriptions.Where(subscription => subscription.IsAlive))
            {
                if (pump.IsWithheld)
                {
                    // Who does not ask gets no answer.
                    subscription.HeardAt = _context.Clock.GetTimestamp();
                }

                if (!SilenceWatch.IsDead(
                    _context.Clock.GetElapsedTime(subscription.HeardAt), subscription.KeepAlive, subscription.Interval,
                    _context.Settings.SilenceMargin))
                {
                    continue;
                }

                var heard = Counters.Messages + Counters.KeepAlives;
                _silences = heard == _heardAtSilence ? _silences + 1 : 1;
                (_isSilent, _heardAtSilence) = (true, heard);
                throw new OpcUaException(
                    _silences >= SilencesMax ? StatusCodes.BadSessionClosed : StatusCodes.BadTimeout,
                    "The connection stands, but nothing has come for longer than the server promised.");
            }
        }
    }

    // True if the server is another one than before.
    private async Task<bool> LookAfterServerAsync(ISessionPort port, PublishPump? pump, CancellationToken cancellationToken)
    {
        if (IsDue(ref _statusAt, _context.Settings.StatusInterval))
        {
            if (!await LookAsync(port, cancellationToken))
            {
                await ForgetAsync(port, LossCause.ServerRestarted, "The server has started anew.");
                return true;
            }

            if (pump is not null)
            {
                pump.RoundTrip = _roundTrip;
            }
        }

        if (pump is { IsWithheld: true })
        {
            var renewal = _context.Subscriptions.Where(subscription => subscription.IsAlive)
                .Select(subscription => subscription.Lifetime / RenewalsInLifetime).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            if (IsDue(ref _renewedAt, renewal))
            {
                foreach (var subscription in _context.Subscriptions.Where(subscription => subscription.IsAlive))
                {
                    await ModifyAsync(port, subscription, cancellationToken);
                }
            }
        }

        if (_context.Items.RefusedCount > 0 && IsDue(ref _retriedAt, _context.Settings.RefusedRetry))
        {
            await port.RefreshNamespacesAsync(cancellationToken);
            _creator.Resolve(port);
            await CreateAllAsync(port, cancellationToken);
        }

        return false;
    }

    private async Task LookAfterTagsAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        await _watch.ConfirmAsync(port, cancellationToken);
        _watch.Watch();
        if (!_context.Settings.Backfill || await _backfiller.LearnAsync(port, cancellationToken))
        {
            return;
        }

        var began = _context.Clock.GetTimestamp();
        while (_context.Clock.GetElapsedTime(began) < BackfillSlice && await _backfiller.StepAsync(port, cancellationToken))
        {
        }
    }

    private async Task<StepResult> PollAsync(CancellationToken cancellationToken)
    {
        var port = _port!;
        StopPump();
        _poller ??= new(_context);
        ResolveForPolling(port);
        if (_isInOutage || _failures > 0)
        {
            _poller.Hole ??= _outage with { From = _began };
        }

        SetState(RunnerState.Polling);
        (_failures, _isInOutage) = (0, false);
        _statusAt = _retriedAt = _context.Clock.GetTimestamp();
        while (true)
        {
            var wait = _poller.UntilNext();
            if (wait > TimeSpan.Zero)
            {
                await _context.Signal.WaitAsync(wait < Tick ? wait : Tick, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfOver(port, null);
            await _poller.PollAsync(port, cancellationToken);
            _watch.Watch();
            if (IsDue(ref _statusAt, _context.Settings.StatusInterval) && !await LookAsync(port, cancellationToken))
            {
                ResolveForPolling(port);
            }

            if (_context.Items.RefusedCount > 0 && IsDue(ref _retriedAt, _context.Settings.RefusedRetry))
            {
                await port.RefreshNamespacesAsync(cancellationToken);
                ResolveForPolling(port);
            }
        }
    }

    // A polled tag has no item; any id says that it can be read.
    private void ResolveForPolling(ISessionPort port)
    {
        for (var tag = 0; tag < _tags.Count; tag++)
        {
            _context.Items.Gone(tag);
        }

        _creator.Resolve(port);
        for (var tag = 0; tag < _tags.Count; tag++)
        {
            if (_context.Items.Nodes[tag].IsNull)
            {
                _context.Refuse(tag, StatusCodes.BadNodeIdUnknown);
            }
            else
            {
                _context.Items.Created(tag, 1);
            }
        }

        Counters.SetItems(_context.Items.Count, _context.Items.RefusedCount);
    }

    private void TellState(ServerStatusDataType? status)
    {
        if (status is not null && status.State != _serverState)
        {
            _serverState = status.State;
            _context.Events.ServerStateChanged(status.State, TimeSpan.FromSeconds(status.SecondsTillShutdown));
        }
    }

    private bool IsDue(ref long last, TimeSpan interval)
    {
        if (_context.Clock.GetElapsedTime(last) < interval)
        {
            return false;
        }

        last = _context.Clock.GetTimestamp();
        return true;
    }
}
