namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// How long each grain of a measure is held. Rows exist only where something happened; a tag that feeds a measure and
/// never rests holds at most 480 minutes, about 300 cells and 400 days in rings of 512 rows of 64 bytes: 98 kB.
/// </summary>
internal static class Retention
{
    /// <summary>
    /// Any [from, to) of whole minutes can be asked for this long back. Six hours: what people look at live.
    /// </summary>
    public const long Minutes = 6 * 60;

    /// <summary>Hours and shifts this long back. Ten days: a long holiday with a restated shift before it.</summary>
    public const long CellMinutes = 10 * 24 * 60;

    /// <summary>Days and months this long back: a year and the month in which it is reported.</summary>
    public const long DayMinutes = 400 * 24 * 60;

    /// <summary>Minutes move on in portions of this, so that it happens every two hours and not every minute.</summary>
    public const long Slack = 120;

    /// <summary>No timeline has more rows than this in any grain; a snapshot that claims more is damaged.</summary>
    public const int RowsMax = 4096;
}
