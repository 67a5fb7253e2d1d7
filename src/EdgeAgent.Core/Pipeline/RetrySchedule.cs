namespace EdgeAgent.Core.Pipeline;

/// <summary>
/// When to try again after failures in a row: doubling from <see cref="DelayMin"/> up to <see cref="DelayMax"/>, with
/// jitter downwards so that ten thousand agents do not return in the same second. A decision only: no clock, no state,
/// no I/O.
/// </summary>
public sealed record RetrySchedule
{
    /// <summary>The delay after the first failure: no peer sees more than one attempt per second.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The share of each delay beyond <see cref="DelayMin"/> that chance may take away, 0 to 1.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <param name="failuresInARow">1 after the first failure.</param>
    /// <param name="chance">A random number in [0, 1), drawn by the caller.</param>
    /// <returns>A delay in [<see cref="DelayMin"/>, <see cref="DelayMax"/>].</returns>
    public TimeSpan DelayAfter(int failuresInARow, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failuresInARow, 1);

        // 2^30 seconds are 34 years: beyond that the exponent only risks overflow.
        var full = DelayMin * Math.Pow(2, Math.Min(failuresInARow - 1, 30));
        var delay = full < DelayMax ? full : DelayMax;
        return delay - ((delay - DelayMin) * Jitter * chance);
    }
}
