namespace EdgeAgent.Core.Kpi.Calendars;

/// <summary>
/// The planned busy time of one device: the calendar's shifts less the planned downtime that concerns it.
/// </summary>
internal sealed class WorkPlan
{
    private readonly ProductionCalendar _calendar;
    private readonly MinuteSpan[] _downtime;
    private MinuteSpan _known;
    private bool _knownPlanned;

    public WorkPlan(ProductionCalendar calendar, IEnumerable<MinuteSpan> downtime)
    {
        _calendar = calendar;
        _downtime = MinuteSpan.Merge(downtime);
    }

    public bool IsPlanned(long minute)
    {
        if (!_known.Contains(minute))
        {
            (_known, _knownPlanned) = Around(minute);
        }

        return _knownPlanned;
    }

    public long PlannedMinutes(long from, long to)
    {
        var asked = new MinuteSpan(from, to);
        var planned = 0L;
        for (var minute = from; minute < to;)
        {
            var day = _calendar.DayAt(minute);
            foreach (var span in PlannedOf(day))
            {
                planned += span.Intersect(asked).Length;
            }

            minute = day.Span.To;
        }

        return planned;
    }

    private MinuteSpan[] PlannedOf(ProductionDay day) => MinuteSpan.Subtract(day.Planned, _downtime);

    private (MinuteSpan Span, bool Planned) Around(long minute)
    {
        var day = _calendar.DayAt(minute);
        var from = day.Span.From;
        foreach (var span in PlannedOf(day))
        {
            if (minute < span.From)
            {
                return (new(from, span.From), false);
            }

            if (minute < span.To)
            {
                return (span, true);
            }

            from = span.To;
        }

        return (new(from, day.Span.To), false);
    }
}
