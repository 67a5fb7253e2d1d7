using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// What happens by the clock, in the order of its instants: first the changers of the plant, then the sampling, then
/// the publishing, then what has expired. A late step is made up for at its own instant, so that a value which
/// changed at it is sampled at it. Under the gate of the address space.
/// </summary>
internal sealed class ServerSchedule(ServerState state, PublishServices publishing, MonitoredItemServices items)
{
    // Sessions and Publish requests end within this time of their deadline.
    private static readonly long ExpiryInterval = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly List<Changer> _changers = [];
    private readonly List<ServerSubscription> _ended = [];
    private long _expiryDue;

    /// <summary>Steps that were not made up for.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Calls <paramref name="change"/> at multiples of the interval, before anything is sampled.</summary>
    public void Every(TimeSpan interval, Action<UaDateTime> change)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _changers.Add(new(interval.Ticks, change) { Due = NextMultiple(interval.Ticks, state.RanTo) });
    }

    /// <summary>Does everything that is due.</summary>
    /// <returns>When the next thing is due, in ticks since the server began.</returns>
    public long Run()
    {
        var now = state.Clock.Elapsed;
        var steps = 0;
        long due;
        while ((due = NextDue()) <= now)
        {
            if (++steps > state.Limits.LateSteps)
            {
                SkipTo(now);
                continue;
            }

            Step(due);
        }

        state.RanTo = now;
        return due;
    }

    private static long NextMultiple(long interval, long after) => ((after / interval) + 1) * interval;

    private void Step(long due)
    {
        var instant = state.Clock.At(due);
        foreach (var changer in _changers)
        {
            if (changer.Due <= due)
            {
                changer.Change(instant);
                changer.Due = NextMultiple(changer.Interval, due);
            }
        }

        foreach (var subscription in state.Subscriptions.Values)
        {
            SampleGroups(subscription, due, instant);
        }

        foreach (var subscription in state.Subscriptions.Values)
        {
            if (subscription.Due <= due)
            {
                subscription.Due += subscription.PublishingInterval;
                if (!publishing.OnTimer(subscription))
                {
                    _ended.Add(subscription);
                }
            }
        }

        EndSubscriptions();
        if (_expiryDue <= due)
        {
            _expiryDue = NextMultiple(ExpiryInterval, due);
            Expire(due);
        }
    }

    private void SampleGroups(ServerSubscription subscription, long due, UaDateTime instant)
    {
        foreach (var group in subscription.Groups)
        {
            if (group.Due > due)
            {
                continue;
            }

            group.Due = NextMultiple(group.Interval, due);
            for (var i = 0; i < group.Items.Count; i++)
            {
                items.Sample(subscription, group.Items[i], instant);
            }
        }
    }

    private void EndSubscriptions()
    {
        foreach (var subscription in _ended)
        {
            var session = subscription.Session;
            state.Remove(subscription);
            if (session is not null)
            {
                publishing.EndSubscription(session, subscription.Id, StatusCodes.BadTimeout);
            }
        }

        _ended.Clear();
    }

    private void Expire(long now)
    {
        foreach (var session in state.Sessions.Values.ToArray())
        {
            publishing.Expire(session, now);

            if (now - session.LastUsed >= session.Timeout)
            {
                // Its subscriptions live on by their own lifetimes, for a session that transfers them.
                publishing.RefuseAll(session, StatusCodes.BadSessionClosed);
                state.Remove(session);
            }
        }
    }

    /// <summary>When the next thing is due, in ticks since the server began.</summary>
    public long NextDue()
    {
        var due = _expiryDue;
        foreach (var changer in _changers)
        {
            due = Math.Min(due, changer.Due);
        }

        foreach (var subscription in state.Subscriptions.Values)
        {
            due = Math.Min(due, subscription.Due);
            foreach (var group in subscription.Groups)
            {
                due = group.Items.Count > 0 ? Math.Min(due, group.Due) : due;
            }
        }

        return due;
    }

    private void SkipTo(long now)
    {
        SkippedSteps++;
        _expiryDue = NextMultiple(ExpiryInterval, now);
        foreach (var changer in _changers)
        {
            changer.Due = Math.Max(changer.Due, NextMultiple(changer.Interval, now));
        }

        foreach (var subscription in state.Subscriptions.Values)
        {
            subscription.Due = Math.Max(subscription.Due, now + subscription.PublishingInterval);
            foreach (var group in subscription.Groups)
            {
                group.Due = Math.Max(group.Due, NextMultiple(group.Interval, now));
            }
        }
    }

    private sealed class Changer(long interval, Action<UaDateTime> change)
    {
        public long Interval => interval;

        public Action<UaDateTime> Change => change;

        public long Due { get; set; }
    }
}
