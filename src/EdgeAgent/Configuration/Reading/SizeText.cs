using System.Globalization;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Sizes in bytes: a whole number and a unit of IEC 80000-13, "256KiB", "16MiB", "2GiB", or "B" for bytes.
/// </summary>
internal static class SizeText
{
    public const long KiB = 1L << 10;
    public const long MiB = 1L << 20;
    public const long GiB = 1L << 30;
    public const long TiB = 1L << 40;

    private static readonly (string Unit, long Bytes)[] Units =
        [("TiB", TiB), ("GiB", GiB), ("MiB", MiB), ("KiB", KiB), ("B", 1)];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 ||
            !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var suffix = text.AsSpan(digits).Trim();
        foreach (var (unit, size) in Units)
        {
            if (suffix.SequenceEqual(unit))
            {
                if (count > long.MaxValue / size)
                {
                    return false;
                }

                bytes = count * size;
                return true;
            }
        }

        return false;
    }

    public static string Format(long bytes)
    {
        foreach (var (unit, size) in Units)
        {
            if (bytes != 0 && bytes % size == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
            }
        }

        return "0B";
    }
}
