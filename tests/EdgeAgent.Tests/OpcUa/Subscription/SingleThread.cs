namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>Runs all continuations on the thread that asks for it: a test of asynchronous code that always runs alike.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((d, state));
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs whatever can run now.</summary>
    public void Drain()
    {
        while (Next() is { } work)
        {
            work.Callback(work.State);
        }
    }

    /// <summary>Does something as if it were on this thread of execution.</summary>
    public T Do<T>(Func<T> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (_posted)
        {
            return _posted.TryDequeue(out var work) ? work : null;
        }
    }
}
