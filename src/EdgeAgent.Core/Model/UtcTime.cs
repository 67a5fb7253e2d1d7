namespace EdgeAgent.Core.Model;

/// <summary>
/// An instant: 100-nanosecond ticks since 1970-01-01T00:00:00Z, the resolution of OPC UA (Part 6, 5.2.2.5), so that a
/// source's timestamp is kept exactly. KPI durations are differences of <see cref="Microseconds"/>.
/// </summary>
/// <param name="Ticks">100-nanosecond ticks since the Unix epoch; negative before it.</param>
public readonly record struct UtcTime(long Ticks) : IComparable<UtcTime>
{
    private const long UnixEpochDateTimeTicks = 621_355_968_000_000_000;

    /// <summary>No time was given, for example by a Modbus device, which has no clock.</summary>
    public static readonly UtcTime None = new(long.MinValue);

    public bool IsNone => Ticks == long.MinValue;

    /// <summary>Whole microseconds since the Unix epoch, rounded towards the past.</summary>
    public long Microseconds => Ticks >= 0 ? Ticks / 10 : (Ticks - 9) / 10;

    public static UtcTime FromMicroseconds(long microseconds) => new(checked(microseconds * 10));

    public static UtcTime From(DateTimeOffset time) => new(time.UtcTicks - UnixEpochDateTimeTicks);

    /// <summary>The clock of the agent. The only way time enters the product.</summary>
    public static UtcTime Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <exception cref="ArgumentOutOfRangeException">The instant is none, or not in the years 1 to 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() => new(checked(Ticks + UnixEpochDateTimeTicks), TimeSpan.Zero);

    /// <summary>RFC 3339 in UTC with seven decimals, or "-" for no time.</summary>
    public override string ToString() =>
        IsNone ? "-" : ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", null);

    public int CompareTo(UtcTime other) => Ticks.CompareTo(other.Ticks);

    public static UtcTime operator +(UtcTime time, TimeSpan span) => new(checked(time.Ticks + span.Ticks));

    public static UtcTime operator -(UtcTime time, TimeSpan span) => new(checked(time.Ticks - span.Ticks));

    public static TimeSpan operator -(UtcTime left, UtcTime right) => new(checked(left.Ticks - right.Ticks));

    public static bool operator <(UtcTime left, UtcTime right) => left.Ticks < right.Ticks;

    public static bool operator >(UtcTime left, UtcTime right) => left.Ticks > right.Ticks;

    public static bool operator <=(UtcTime left, UtcTime right) => left.Ticks <= right.Ticks;

    public static bool operator >=(UtcTime left, UtcTime right) => left.Ticks >= right.Ticks;
}
