using System.Globalization;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// An instant as it is on the wire (Part 6, 5.2.2.5): 100-nanosecond ticks since 1601-01-01T00:00:00Z. Kept as it came,
/// also where it means nothing: a server's nonsense must be visible.
/// </summary>
public readonly record struct UaDateTime(long Ticks) : IComparable<UaDateTime>
{
    private const long Epoch1601 = 504_911_232_000_000_000;
    private const long Year10000 = 3_155_378_976_000_000_000;

    /// <summary>No time was given.</summary>
    public static readonly UaDateTime None;

    public bool IsNone => Ticks == 0;

    /// <summary>Whether <see cref="ToUtc"/> would have to clamp: before 1601 or after 9999.</summary>
    public bool IsOutOfRange => Ticks < 0 || Ticks >= Year10000 - Epoch1601;

    public static UaDateTime From(DateTimeOffset time) => new(time.UtcTicks - Epoch1601);

    /// <summary>The instant in .NET's terms, clamped to the years 1601 to 9999.</summary>
    public DateTimeOffset ToUtc() => new(Math.Clamp(Ticks, 0, Year10000 - Epoch1601 - 1) + Epoch1601, TimeSpan.Zero);

    /// <summary>RFC 3339 in UTC with seven decimals, "-" for none; out of range with its ticks.</summary>
    public override string ToString() =>
        IsNone ? "-"
        : IsOutOfRange ? $"out of range ({Ticks} ticks since 1601)"
        : ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public int CompareTo(UaDateTime other) => Ticks.CompareTo(other.Ticks);

    public static bool operator <(UaDateTime left, UaDateTime right) => left.Ticks < right.Ticks;

    public static bool operator >(UaDateTime left, UaDateTime right) => left.Ticks > right.Ticks;

    public static bool operator <=(UaDateTime left, UaDateTime right) => left.Ticks <= right.Ticks;

    public static bool operator >=(UaDateTime left, UaDateTime right) => left.Ticks >= right.Ticks;
}
