namespace EdgeAgent.Modbus.Client;

/// <summary>
/// A token that is cancelled after a time-out or with the caller's, and is used again where nothing was cancelled, so
/// that a request that succeeds does not pay for one that might not. Not thread-safe: one request at a time.
/// </summary>
internal sealed class Deadline : IDisposable
{
    // A source of the runtime's cannot be re-armed on another clock than the system's.
    private readonly ITimer _timer;
    private readonly TimeProvider _clock;
    private long _startedAt;
    private long _timeoutTicks;
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _caller;

    public Deadline(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(
            static state => ((Deadline)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Start(TimeSpan timeout, CancellationToken caller)
    {
        if (_source.IsCancellationRequested)
        {
            _source.Dispose();
            _source = new();
        }

        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Volatile.Write(ref _timeoutTicks, timeout.Ticks);
        Volatile.Write(ref _startedAt, _clock.GetTimestamp());
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        return _source.Token;
    }

    public void Stop()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _caller.Dispose();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _caller.Dispose();
        _source.Dispose();
    }

    // A timer that fired just before Stop may call back after the next Start; it must not end that one at once. Timers
    // are coarse and may be early by some milliseconds, hence only half the time-out is asked for.
    private void Expire()
    {
        var elapsed = _clock.GetElapsedTime(Volatile.Read(ref _startedAt));
        if (elapsed.Ticks >= Volatile.Read(ref _timeoutTicks) / 2)
        {
            _source.Cancel();
        }
    }
}
