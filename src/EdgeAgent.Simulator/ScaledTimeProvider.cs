namespace EdgeAgent.Simulator;

/// <summary>
/// A clock that starts at a given instant and runs a whole number of times faster than the one beneath it. The UTC
/// clock, timestamps and timers agree: a timer never fires before its time on this clock.
/// </summary>
/// <remarks>
/// The clock beneath is read by its timestamps only, so a step of the system's wall clock does not show. Timestamps are
/// nanoseconds on most systems and end, with an overflow, after 292 years on this clock.
/// </remarks>
public sealed class ScaledTimeProvider : TimeProvider
{
    private readonly TimeProvider _inner;
    private readonly DateTimeOffset _start;

    // Guarded by the lock: at _innerAt on the clock beneath this one showed _scaledAt, and it does not pass _limit.
    private readonly Lock _gate = new();
    private long _innerAt;
    private long _scaledAt;
    private long _limit = long.MaxValue;

    /// <param name="inner">The clock beneath.</param>
    /// <param name="start">What this clock shows now.</param>
    /// <param name="speed">How many of its seconds pass in one of the clock beneath; 1 or more.</param>
    public ScaledTimeProvider(TimeProvider inner, DateTimeOffset start, int speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        _inner = inner;
        _start = start;
        _innerAt = inner.GetTimestamp();
        Speed = speed;
    }

    public int Speed { get; }

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return Read();
        }
    }

    public override DateTimeOffset GetUtcNow() => (_start + Elapsed).ToUniversalTime();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, callback, state, dueTime, period);

    /// <summary>
    /// The clock stands still at this instant until it is told another one. The time it stood is not made up for. Null:
    /// it runs on without end.
    /// </summary>
    public void StopAt(DateTimeOffset? instant)
    {
        lock (_gate)
        {
            _scaledAt = Read();
            _innerAt = _inner.GetTimestamp();
            _limit = instant is { } end
                ? Math.Max(_scaledAt, ToTimestamp(end - _start))
                : long.MaxValue;
        }
    }

    private long ToTimestamp(TimeSpan elapsed) =>
        (long)((Int128)elapsed.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);

    private long Read() => Math.Min(_limit, checked(_scaledAt + ((_inner.GetTimestamp() - _innerAt) * Speed)));

    /// <summary>Time on this clock since it was made.</summary>
    private TimeSpan Elapsed => new((long)((Int128)GetTimestamp() * TimeSpan.TicksPerSecond / TimestampFrequency));

    /// <summary>How long the clock beneath takes: whole milliseconds, as its timers do, and never too short.</summary>
    private TimeSpan ToInner(TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var ticksPerMillisecond = TimeSpan.TicksPerMillisecond * Speed;
        var (whole, rest) = Math.DivRem(span.Ticks, ticksPerMillisecond);
        return TimeSpan.FromMilliseconds(rest > 0 ? whole + 1 : whole);
    }

    /// <summary>
    /// One timer beneath, armed for one tick at a time. Ticks lie on the schedule of the first one and do not drift;
    /// those that were missed are skipped.
    /// </summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly ScaledTimeProvider _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _inner;

        // Guarded by the lock. Times on the scaled clock since it was made; null: not armed, not periodic.
        private readonly Lock _lock = new();
        private TimeSpan? _due;
        private TimeSpan? _period;

        public ScaledTimer(
            ScaledTimeProvider clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            _inner = clock._inner.CreateTimer(
                static timer => ((ScaledTimer)timer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfIllegal(dueTime);
            ThrowIfIllegal(period);
            lock (_lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Elapsed + dueTime;
                _period = period <= TimeSpan.Zero ? null : period; // As the system's timer: zero is not periodic.
                return Arm();
            }
        }

        public void Dispose() => _inner.Dispose();

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        private void Tick()
        {
            lock (_lock)
            {
                var now = _clock.Elapsed;
                if (_due is not { } due)
                {
                    return; // Stopped while this tick was on its way.
                }

                if (due > now)
                {
                    Arm(); // Changed while this tick was on its way, or the timer beneath was early.
                    return;
                }

                _due = _period is { } period
                    ? due + TimeSpan.FromTicks((((now - due).Ticks / period.Ticks) + 1) * period.Ticks)
                    : null;
                Arm();
            }

            _callback(_state);
        }

        private bool Arm() => _inner.Change(
            _due is { } due ? _clock.ToInner(due - _clock.Elapsed) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        private static void ThrowIfIllegal(TimeSpan span)
        {
            if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(nameof(span), span, "Not negative, except for infinite.");
            }
        }
    }
}
