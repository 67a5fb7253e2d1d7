namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// How many Publish requests should wait at the server (Part 4, 5.14.1.2): one for each subscription, which may all
/// report at once, and as many more as responses are on their way within one publishing interval. A decision only.
/// </summary>
internal sealed class PumpDepth(int first)
{
    // One is with the server while the answer of the other is on its way.
    private const int Least = 2;

    private int _cap = first;

    /// <param name="subscriptions">That are alive.</param>
    /// <param name="shortestInterval">The shortest publishing interval of them.</param>
    /// <param name="roundTrip">Of a call that does not wait.</param>
    /// <param name="isMoreWaiting">Whether the server has just said that it has more notifications than fit.</param>
    public int Target(int subscriptions, TimeSpan shortestInterval, TimeSpan roundTrip, bool isMoreWaiting)
    {
        if (subscriptions == 0)
        {
            return 0;
        }

        var onTheWay = shortestInterval > TimeSpan.Zero
            ? (int)Math.Min(Math.Ceiling(roundTrip / shortestInterval), _cap)
            : 1;
        return Math.Min(Math.Max(Least, subscriptions + onTheWay + (isMoreWaiting ? 1 : 0)), _cap);
    }

    /// <summary>
    /// The server said BadTooManyPublishRequests while so many were waiting there, itself not counted.
    /// </summary>
    public void Refused(int waiting) => _cap = Math.Max(1, Math.Min(_cap, waiting));
}
