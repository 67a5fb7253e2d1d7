namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Durations that a server claims, whatever it claims.</summary>
internal static class Revised
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // With it and the longest interval a duration stays within 300 years.
    private const uint CountMax = 100_000;

    /// <param name="milliseconds">As on the wire: may be negative, not a number or beyond all measure.</param>
    /// <param name="requested">Holds where the claim makes no sense.</param>
    public static TimeSpan Interval(double milliseconds, TimeSpan requested) =>
        !(milliseconds >= 0) ? requested
        : milliseconds >= Longest.TotalMilliseconds ? Longest
        : TimeSpan.FromMilliseconds(milliseconds);

    public static TimeSpan Times(TimeSpan interval, uint count) => interval * Math.Clamp(count, 1, CountMax);
}
