namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Wakes one waiter, at the latest after a while. A signal before the wait is not lost; several are one. Set by any
/// thread.
/// </summary>
internal sealed class Signal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public Signal(TimeProvider clock) => _timer = clock.CreateTimer(
        static signal => ((Signal)signal!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            (waiter, _waiter) = (_waiter, null);
            _isSet = waiter is null;
        }

        waiter?.SetResult();
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task task;
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            _waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            task = _waiter.Task;
        }

        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
        using (cancellationToken.UnsafeRegister(static signal => ((Signal)signal!).Set(), this))
        {
            await task;
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
