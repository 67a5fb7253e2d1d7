using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>Minutes are counted from the Unix epoch; they are the finest grain of a measure.</summary>
internal static class Minutes
{
    public const long Microseconds = 60_000_000;

    /// <summary>The minute [m, m + 1) that holds an instant of time.</summary>
    public static long At(long microseconds)
    {
        var minute = Math.DivRem(microseconds, Microseconds, out var rest);
        return rest < 0 ? minute - 1 : minute;
    }

    /// <summary>The minute (m, m + 1] to which a counter reading taken at this instant belongs.</summary>
    public static long OfReading(long microseconds) => At(microseconds - 1);

    /// <exception cref="ArgumentException">The instant is not on a whole minute.</exception>
    public static long Exactly(UtcTime time, string what)
    {
        var minute = At(time.Microseconds);
        return ToUtcTime(minute) == time
            ? minute
            : throw new ArgumentException($"{what} {time} is not on a whole minute.", nameof(time));
    }

    public static UtcTime ToUtcTime(long minute) => UtcTime.FromMicroseconds(minute * Microseconds);
}
