namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// When to try to connect again: doubling from the least to the most, with chance taking away up to half of what is
/// beyond the least, so that a hundred clients do not return in the same second. A decision only: no clock, no state.
/// </summary>
/// <param name="Least">No two attempts begin within this time.</param>
/// <param name="Most">No longer wait than this.</param>
internal sealed record ConnectSchedule(TimeSpan Least, TimeSpan Most)
{
    private const double Jitter = 0.5;

    // 2^30 seconds are 34 years: beyond that the exponent only risks overflow.
    private const int DoublingsMax = 30;

    /// <summary>The wait before the next attempt.</summary>
    /// <param name="failuresInARow">0 if the connection had stood.</param>
    /// <param name="sinceLastAttempt">Since the last attempt began.</param>
    /// <param name="chance">A random number in [0, 1), drawn by the caller.</param>
    public TimeSpan Delay(int failuresInARow, TimeSpan sinceLastAttempt, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(failuresInARow);
        var full = Least * Math.Pow(2, Math.Clamp(failuresInARow - 1, 0, DoublingsMax));
        var delay = full < Most ? full : Most;
        delay = failuresInARow == 0 ? Least : delay - ((delay - Least) * Jitter * chance);
        return delay > sinceLastAttempt ? delay - sinceLastAttempt : TimeSpan.Zero;
    }
}
