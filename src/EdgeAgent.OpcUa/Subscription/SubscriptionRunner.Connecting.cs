using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>From no connection to one that can be listened to.</summary>
public sealed partial class SubscriptionRunner
{
    private async Task<StepResult> ConnectAsync(CancellationToken cancellationToken)
    {
        SetState(RunnerState.Connecting);
        await WaitForTurnAsync(cancellationToken);
        var port = await _connect(cancellationToken);
        bool isSame;
        try
        {
            isSame = await LookAsync(port, cancellationToken);
        }
        catch
        {
            await port.DisposeAsync();
            throw;
        }

        if (_port is not null)
        {
            _retired.Add(_port);
        }

        _port = port;
        return await ConnectedAsync(port, isSame);
    }

    private async Task<StepResult> ReactivateAsync(CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        var port = _port!;
        await port.ReactivateAsync(cancellationToken);
        return await ConnectedAsync(port, await LookAsync(port, cancellationToken));
    }

    private async Task<StepResult> ConnectedAsync(ISessionPort port, bool isSame)
    {
        Counters.AddConnect();
        SetState(RunnerState.Preparing);
        _ = port.Closed.ContinueWith(
            static (_, signal) => ((Signal)signal!).Set(), _context.Signal, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        StopPump();
        _context.Pump = new(_context, port, _depth) { RoundTrip = _roundTrip };
        if (!isSame)
        {
            // Whatever survived on the server was bound to nodes that may now be others.
            await ForgetAsync(port, LossCause.ServerRestarted, "The server has started anew.");
        }
        else if (_silences >= SilencesMax)
        {
            await ForgetAsync(port, LossCause.ServerSilent, _outage.Detail);
            _silences = 0;
        }
        else
        {
            return StepResult.Done;
        }

        await RetireAsync();
        return StepResult.ServerChanged;
    }

    private async Task ForgetAsync(ISessionPort port, LossCause cause, string detail)
    {
        var left = _context.Subscriptions.Where(subscription => subscription.Id != 0).Select(subscription => subscription.Id)
            .ToArray();
        foreach (var subscription in _context.Subscriptions)
        {
            _holes.Begin(subscription, cause, detail);
        }

        await DeleteAsync(port, left);
    }

    private static async Task DeleteAsync(ISessionPort port, uint[] subscriptions)
    {
        if (subscriptions.Length == 0)
        {
            return;
        }

        try
        {
            await port.CallAsync<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(
                new() { RequestHeader = port.Header, SubscriptionIds = subscriptions }, CancellationToken.None);
        }
        catch (OpcUaException) when (!port.Closed.IsCompleted)
        {
            // They were not this session's: the server ends them by itself.
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_attemptedAt is not null)
        {
            await Task.Delay(_schedule.Delay(_failures, SinceAttempt(), _chance()), _context.Clock, cancellationToken);
        }

        _attemptedAt = _context.Clock.GetTimestamp();
    }

    private TimeSpan SinceAttempt() =>
        _attemptedAt is { } attempted ? _context.Clock.GetElapsedTime(attempted) : TimeSpan.MaxValue;

    // Whether the server is the one that it was.
    private async Task<bool> LookAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        var asked = _context.Clock.GetTimestamp();
        var facts = await ServerFacts.ReadAsync(port, cancellationToken);
        _roundTrip = _context.Clock.GetElapsedTime(asked);
        var server = facts.Status?.BuildInfo ?? new();
        if (_context.Subscriptions.Count == 0)
        {
            Plan(port, facts, server);
        }

        var start = facts.Status?.StartTime ?? UaDateTime.None;
        var isSame = (_context.ServerStart.IsNone || start.IsNone || _context.ServerStart == start)
            && _creator.ResolvesAsBefore(port);
        _context.ServerStart = start;
        TellState(facts.Status);
        return isSame;
    }

    private void Plan(ISessionPort port, ServerFacts facts, BuildInfo server)
    {
        _context.Profile = _context.Settings.Profile ?? ServerProfile.Recognise(server);
        _context.Events.ProfileChosen(_context.Profile, server);
        _context.Limits = SubscriptionLimits.Of(
            _context.Profile, port.Limits with { ItemsPerSubscription = facts.ItemsPerSubscription });
        foreach (var planned in SubscriptionPlanner.Plan(_tags, _context.Settings, _context.Limits.ItemsPerSubscription))
        {
            _context.Subscriptions.Add(new(_context.Subscriptions.Count, planned.PublishingInterval, planned.Tags)
            {
                // Values were due from the beginning, and the server could not be asked for them.
                Hole = _failures > 0 ? _outage with { From = _began } : null,
            });
        }
    }

    private async Task<StepResult> TransferAsync(CancellationToken cancellationToken)
    {
        var port = _port!;
        var left = _context.Subscriptions.Where(subscription => subscription.Id != 0).ToList();
        if (left.Count > 0)
        {
            var results = await TransferAsync(port, left, cancellationToken);
            for (var i = 0; i < left.Count; i++)
            {
                if (results[i].StatusCode.IsBad)
                {
                    Begin(left[i], $"The server did not hand the subscription over: {results[i].StatusCode}.");
                    continue;
                }

                if (!await HasItemsAsync(port, left[i], cancellationToken))
                {
                    var id = left[i].Id;
                    Begin(left[i], "The subscription that the server handed over had other items.");
                    await DeleteAsync(port, [id]);
                    continue;
                }

                lock (_context.Gate)
                {
                    left[i].Available.Clear();
                    left[i].Available.AddRange(results[i].AvailableSequenceNumbers);
                }
            }
        }

        await RetireAsync();
        return StepResult.Done;
    }

    private static async Task<IReadOnlyList<TransferResult>> TransferAsync(
        ISessionPort port, List<ActiveSubscription> subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            var response = await port.CallAsync<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(
                new()
                {
                    RequestHeader = port.Header,
                    SubscriptionIds = [.. subscriptions.Select(subscription => subscription.Id)],
                    SendInitialValues = true,
                },
                cancellationToken);
            if (response.Results.Count == subscriptions.Count)
            {
                return response.Results;
            }
        }
        catch (OpcUaException refusal) when (!port.Closed.IsCompleted && !OutageSteps.IsSessionGone(refusal.Status.Code))
        {
            return [.. subscriptions.Select(_ => new TransferResult { StatusCode = refusal.Status })];
        }

        return [.. subscriptions.Select(_ => new TransferResult { StatusCode = StatusCodes.BadUnknownResponse })];
    }

    // Whether the server's items are the ones that we think it has.
    private async Task<bool> HasItemsAsync(
        ISessionPort port, ActiveSubscription subscription, CancellationToken cancellationToken)
    {
        IReadOnlyList<(uint ItemId, uint Handle)> items;
        try
        {
            items = await port.GetMonitoredItemsAsync(subscription.Id, cancellationToken);
        }
        catch (OpcUaException) when (!port.Closed.IsCompleted)
        {
            // A server without that method is believed.
            return true;
        }

        var ours = subscription.Tags.Where(tag => _context.Items.Ids[tag] != 0)
            .Select(tag => (_context.Items.Ids[tag], _tags[tag].Handle)).ToHashSet();
        return items.Count == ours.Count && items.All(ours.Contains);
    }

    private async Task<StepResult> RepublishAsync(CancellationToken cancellationToken)
    {
        var port = _port!;
        foreach (var subscription in _context.Subscriptions.Where(subscription => subscription.Id != 0).ToList())
        {
            subscription.AcknowledgesAgain = true;
            if (subscription.IsHalfMade)
            {
                var id = subscription.Id;
                Begin(subscription, _outage.Detail);
                await DeleteAsync(port, [id]);
            }
            else if (!await _repairer.ResumeAsync(port, subscription, cancellationToken))
            {
                Begin(subscription, _outage.Detail);
            }
            else if (subscription.Hole is not null)
            {
                await SpeakAnewAsync(port, subscription, cancellationToken);
            }
        }

        return StepResult.Done;
    }

    private void Begin(ActiveSubscription subscription, string detail) =>
        _holes.Begin(subscription, _outage.Cause, detail);

    private async Task<StepResult> CreateAsync(CancellationToken cancellationToken)
    {
        if (_context.Settings.Mode == SubscriptionMode.Poll || _poller is not null)
        {
            return StepResult.NoSubscriptions;
        }

        SetState(RunnerState.Preparing);
        var port = _port!;
        _context.TopUp();
        _creator.Resolve(port);
        await CreateAllAsync(port, cancellationToken);
        if (_context.Subscriptions.Exists(subscription => subscription.Hole is not null))
        {
            while (_context.Settings.Backfill && await _backfiller.LearnAsync(port, cancellationToken))
            {
            }
        }

        CloseHoles();
        return StepResult.Done;
    }

    // The list grows where a subscription turns out to be too small.
    private async Task CreateAllAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _context.Subscriptions.Count; i++)
        {
            var subscription = _context.Subscriptions[i];
            var spilled = await _creator.CreateAsync(port, subscription, cancellationToken);
            if (spilled.Count > 0)
            {
                lock (_context.Gate)
                {
                    subscription.Remove(spilled.ToHashSet());
                    _context.Subscriptions.Add(
                        new(_context.Subscriptions.Count, subscription.RequestedInterval, [.. spilled])
                        {
                            Hole = subscription.Hole,
                        });
                }
            }
        }

        Counters.SetItems(_context.Items.Count, _context.Items.RefusedCount);
        _context.TopUp();
    }

    private void CloseHoles()
    {
        UaDateTime now;
        lock (_context.Gate)
        {
            now = _context.Reception.ServerNow;
        }

        _holes.Close(now);
    }

    private void StopPump()
    {
        _context.Pump?.Stop();
        _context.Pump = null;
    }
}
