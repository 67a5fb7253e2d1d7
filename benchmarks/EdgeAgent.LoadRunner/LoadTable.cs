using System.Globalization;

namespace EdgeAgent.LoadRunner;

/// <summary>One line of a Markdown table for each measurement.</summary>
internal static class LoadTable
{
    public const string Header =
        "| server | items | interval | policy | values/s | CPU s per million | bytes allocated per value | "
        + "GC pauses | peak resident | lost | out of order |\n"
        + "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|";

    public static string Row(
        LoadSettings settings, in ProcessFigures before, in ProcessFigures after, long values, long lost,
            long disordered)
    {
        var seconds = TimeProvider.System.GetElapsedTime(before.At, after.At).TotalSeconds;
        var perValue = values == 0 ? double.NaN : (double)(after.Allocated - before.Allocated) / values;
        var cpu = (after.Cpu - before.Cpu).TotalSeconds / values * 1e6;
        var pause = (after.Paused - before.Paused).TotalMilliseconds;
        var pauses = after.Collections - before.Collections;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {settings.Label} | {settings.Items:N0} | {settings.Interval.TotalMilliseconds:F0} ms "
            + $"| {settings.Policy} | {values / seconds:N0} | {cpu:F3} | {perValue:F2} | {pauses} ({pause:F1} ms) "
            + $"| {ProcessFigures.PeakResident():F0} MiB | {lost:N0} | {disordered:N0} |");
    }
}
