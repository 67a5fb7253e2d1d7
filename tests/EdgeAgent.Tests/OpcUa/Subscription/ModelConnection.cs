using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>One connection of the model: ends once, and then fails all that wait on it.</summary>
internal sealed class ModelConnection
{
    private readonly TaskCompletionSource _closed = new();
    private readonly List<object> _waiting = [];

    public Task Closed => _closed.Task;

    public OpcUaException? Failure { get; private set; }

    public bool IsOpen => Failure is null;

    /// <summary>A handler, or an action that takes the failure, waits for one answer.</summary>
    public void Await(object waiter) => _waiting.Add(waiter);

    /// <summary>The answer is there; false if the connection has ended or the waiter has been failed.</summary>
    public bool Answer(object waiter) => _waiting.Remove(waiter);

    public void End(uint status)
    {
        if (!IsOpen)
        {
            return;
        }

        Failure = new(status, "The model's connection ended.");
        var waiting = _waiting.ToList();
        _waiting.Clear();
        waiting.ForEach(waiter => Fail(waiter, Failure));
        _closed.SetResult();
    }

    public static void Fail(object waiter, OpcUaException failure)
    {
        if (waiter is ResponseHandler handler)
        {
            handler.OnFailure(failure);
        }
        else
        {
            ((Action<OpcUaException>)waiter)(failure);
        }
    }
}
