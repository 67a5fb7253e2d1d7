using System.Globalization;

namespace EdgeAgent.Configuration;

/// <summary>
/// A local time as people write it: "2026-10-01T08:00", or "2026-10-01" alone, which is when that production day begins.
/// </summary>
internal readonly record struct PlantTime(DateOnly Date, TimeOnly? Time) : IComparable<PlantTime>
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public static bool TryParse(string text, out PlantTime time)
    {
        time = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            time = new PlantTime(date, null);
            return true;
        }

        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            time = new PlantTime(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment));
            return true;
        }

        return false;
    }

    /// <summary>The time on the plant's clock, for a plant whose days begin at <paramref name="dayStart"/>.</summary>
    public DateTime On(TimeOnly dayStart) => Date.ToDateTime(Time ?? dayStart);

    /// <summary>Earlier and later as far as it can be told without knowing when the day begins.</summary>
    public int CompareTo(PlantTime other) =>
        Date.CompareTo(other.Date) is not 0 and var byDate ? byDate
        : Time is { } left && other.Time is { } right ? left.CompareTo(right)
        : 0;
}
