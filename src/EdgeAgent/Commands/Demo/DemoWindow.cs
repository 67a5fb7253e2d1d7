using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Demo;

/// <summary>
/// The whole plant minutes that are compared, from (included) to (not included), counted from the plant's start.
/// </summary>
internal readonly record struct DemoWindow(long FromMinute, long ToMinute)
{
    public bool IsEmpty => ToMinute <= FromMinute;

    /// <summary>
    /// The longest window within what was read whose edges are quiet in the script: there every machine keeps its
    /// state, so that the half second between a change and the poll that sees it does not shift time across the edge.
    /// </summary>
    /// <param name="ready">Plant time since which every tag has been read.</param>
    /// <param name="end">Plant time up to which samples are durable.</param>
    public static DemoWindow Within(TimeSpan ready, TimeSpan end)
    {
        var from = (long)Math.Ceiling(ready.TotalMinutes);
        var to = (long)Math.Floor(end.TotalMinutes);
        while (from < to && !IsQuiet(from))
        {
            from++;
        }

        while (from < to && !IsQuiet(to))
        {
            to--;
        }

        return new(from, to);
    }

    public KpiPeriod Period(DateTimeOffset start) => KpiPeriod.Span(
        UtcTime.From(start.AddMinutes(FromMinute)), UtcTime.From(start.AddMinutes(ToMinute)));

    // Minutes 0, 1, 4 and 5 of every five: see PlantScript.
    private static bool IsQuiet(long minute) => minute % 5 is 0 or 1 or 4;
}
