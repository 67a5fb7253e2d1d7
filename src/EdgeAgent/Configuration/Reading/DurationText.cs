using System.Globalization;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Durations as people write them: a whole number and a unit, "200ms", "1s", "5min", "12h", "30d". No sums, no
/// fractions: one way to write each.
/// </summary>
internal static class DurationText
{
    // Largest first, so that formatting finds the coarsest unit that divides.
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("min", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 ||
            !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var suffix = text.AsSpan(digits).Trim();
        foreach (var (unit, length) in Units)
        {
            if (suffix.SequenceEqual(unit))
            {
                if (count > TimeSpan.MaxValue.Ticks / length.Ticks)
                {
                    return false;
                }

                duration = TimeSpan.FromTicks(count * length.Ticks);
                return true;
            }
        }

        return false;
    }

    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, length) in Units)
        {
            if (duration.Ticks != 0 && duration.Ticks % length.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.####}ms");
    }
}
