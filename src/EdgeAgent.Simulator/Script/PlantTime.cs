namespace EdgeAgent.Simulator.Script;

/// <summary>Plant time is a long: microseconds since the plant's start, never negative.</summary>
public static class PlantTime
{
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;

    /// <summary>The script is this long and then repeats; counters and meters go on counting.</summary>
    public const long Day = 24 * Hour;

    /// <summary>
    /// No counter, meter or state changes nearer than this to a whole minute, so that a reader who sees every change
    /// less than this late (or early) counts it in the right minute. 2.5 s is what a cycle of 5 s leaves.
    /// </summary>
    public const long MinuteMargin = (5 * Second) / 2;

    internal static long FloorDivide(long dividend, long divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }
}
