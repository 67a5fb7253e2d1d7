using System.Globalization;

namespace EdgeAgent.Configuration;

/// <summary>
/// A local time as people write it: "2026-10-01T08:00", or "2026-10-01" alone, which is when that production day
/// begins.
/// </summary>
internal readonly record struct PlantTime(DateOnly Date, TimeOnly? Time)
{
    // Machines may be older than computers, but nothing is planned or entered for a time before them. Since 1970 every
    // zone differs from UTC by whole minutes.
    private const int MinDateYear = 1900;
    private const int MinTimeYear = 1970;
    private const int MaxYear = 2199;

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public static bool TryParse(string text, out PlantTime time)
    {
        time = default;
        if (TryParseDate(text, out var date))
        {
            time = new PlantTime(date, null);
        }
        else if (DateTime.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            time = new PlantTime(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment));
        }

        return time.Date.Year is >= MinTimeYear and <= MaxYear;
    }

    /// <summary>"2026-10-01".</summary>
    public static bool TryParseDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) &&
        date.Year is >= MinDateYear and <= MaxYear;

    /// <summary>The time on the plant's clock, for a plant whose days begin at <paramref name="dayStart"/>.</summary>
    public DateTime On(TimeOnly dayStart) => Date.ToDateTime(Time ?? dayStart);
}
