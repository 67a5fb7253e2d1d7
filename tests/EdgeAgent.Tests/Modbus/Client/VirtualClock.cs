namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>
/// A clock that jumps from timer to timer on the calling thread, so that hours of line time and their races run in a
/// second, in the same order every time.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Timer Timer, int Version), (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;
    private TimeSpan _wallOffset;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(_now);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed + _wallOffset;

    /// <summary>Sets the wall clock, as an operator or NTP does; timers do not notice.</summary>
    public void StepWallClock(TimeSpan by) => _wallOffset += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Schedule(TimeSpan delay, Action action) => new Timer(this, action).Change(delay, TimeSpan.Zero);

    /// <summary>Lets time pass until the task ends.</summary>
    public T Run<T>(Func<ValueTask<T>> start)
    {
        // Continuations must run here, not on the test framework's threads.
        SynchronizationContext.SetSynchronizationContext(null);
        var task = start().AsTask();
        while (!task.IsCompleted)
        {
            Assert.True(Step(), "Nothing is due any more, and the task still waits.");
        }

        return task.GetAwaiter().GetResult();
    }

    public void Run(Func<Task> start) => Run(async () =>
    {
        await start();
        return 0;
    });

    /// <summary>Fires everything due within the span.</summary>
    public void Advance(TimeSpan span)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var end = _now + span.Ticks;
        while (_timers.TryPeek(out _, out var next) && next.Due <= end)
        {
            Step();
        }

        _now = end;
    }

    private bool Step()
    {
        while (_timers.TryDequeue(out var item, out var priority))
        {
            if (item.Version == item.Timer.Version)
            {
                _now = Math.Max(_now, priority.Due);
                item.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Timer(VirtualClock clock, Action fire) : ITimer
    {
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._timers.Enqueue((this, Version), (clock._now + dueTime.Ticks, clock._order++));
            }

            return true;
        }

        public void Fire()
        {
            Version++;
            fire();
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
