using System.Globalization;
using EdgeAgent.Core.Kpi.Measures;

namespace EdgeAgent.Core.Kpi.Calendars;

/// <summary>
/// The plant's calendar worked out in minutes since the epoch. Remembers the days it has worked out; for one thread.
/// </summary>
internal sealed class ProductionCalendar
{
    private const int MinutesPerDay = 24 * 60;

    // A day worked out is about 1 kB; beyond this all are forgotten and worked out again.
    private const int RememberedDays = 512;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly PlantCalendar _calendar;
    private readonly HashSet<DateOnly> _holidays;
    private readonly Dictionary<DateOnly, ProductionDay> _days = [];
    private ProductionDay? _last;

    /// <exception cref="ArgumentException">A time of day is not on a whole minute, or a shift has no name of its
    /// own.</exception>
    public ProductionCalendar(PlantCalendar calendar)
    {
        _calendar = calendar;
        _holidays = [.. calendar.Holidays];
        foreach (var time in calendar.Shifts.SelectMany(shift => (TimeOnly[])[shift.Start, shift.End])
            .Append(calendar.DayStart))
        {
            if (time.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                throw new ArgumentException($"{time:O} is not on a whole minute.", nameof(calendar));
            }
        }

        if (calendar.Shifts.GroupBy(shift => shift.Name).FirstOrDefault(group => group.Count() > 1)
            is { Key: var name })
        {
            throw new ArgumentException($"Two shifts are called '{name}'.", nameof(calendar));
        }
    }

    public ProductionDay DayAt(long minute)
    {
        if (_last is { } last && last.Span.Contains(minute))
        {
            return last;
        }

        var date = LocalDate(minute);
        var day = Day(date);
        while (minute < day.Span.From)
        {
            day = Day(date = date.AddDays(-1));
        }

        while (minute >= day.Span.To)
        {
            day = Day(date = date.AddDays(1));
        }

        return _last = day;
    }

    public MinuteSpan CellAt(long minute) => DayAt(minute).CellAt(minute);

    public ProductionDay Day(DateOnly date)
    {
        if (!_days.TryGetValue(date, out var day))
        {
            if (_days.Count == RememberedDays)
            {
                _days.Clear();
            }

            _days.Add(date, day = WorkOut(date));
        }

        return day;
    }

    public long StartOf(DateOnly date) => ToMinute(date, _calendar.DayStart);

    public (DateOnly First, MinuteSpan Span) MonthAt(long minute)
    {
        var date = DayAt(minute).Date;
        var first = new DateOnly(date.Year, date.Month, 1);
        return (first, new(StartOf(first), StartOf(first.AddMonths(1))));
    }

    public MinuteSpan HourAt(long minute)
    {
        var date = DayAt(minute).Date;
        var edges = new List<long>();
        for (var offset = -1; offset <= 1; offset++)
        {
            edges.AddRange(Day(date.AddDays(offset)).HourEdges);
        }

        return new(edges.FindLast(edge => edge <= minute), edges.Find(edge => edge > minute));
    }

    /// <summary>
    /// All periods that end in (after, to], by end and then by kind. Each grain only as far back as it is held.
    /// </summary>
    public List<KpiPeriod> EndingIn(long after, long to)
    {
        var periods = new List<KpiPeriod>();
        for (var end = Math.Max(after, to - Retention.Minutes) + 1; end <= to; end++)
        {
            periods.Add(Period(PeriodKind.Minute, new(end - 1, end)));
        }

        var fine = Math.Max(after, to - Retention.CellMinutes);
        var coarse = Math.Max(after, to - Retention.DayMinutes);

        // A shift may end up to one day after the production day in which it starts.
        for (var day = Day(DayAt(coarse).Date.AddDays(-1)); day.Span.From <= to; day = Day(day.Date.AddDays(1)))
        {
            periods.AddRange(
                from edge in day.HourEdges
                where edge > fine && edge <= to
                select Period(PeriodKind.Hour, HourAt(edge - 1)));
            periods.AddRange(
                from shift in day.Shifts
                where shift.Span.To > fine && shift.Span.To <= to
                select Period(PeriodKind.Shift, shift.Span, $"{Name(day.Date)}/{shift.Name}"));
            if (day.Span.To > coarse && day.Span.To <= to)
            {
                periods.Add(Period(PeriodKind.Day, day.Span, Name(day.Date)));
                if (day.Date.AddDays(1).Day == 1)
                {
                    periods.Add(Month(day.Span.From));
                }
            }
        }

        periods.Sort((left, right) =>
            left.To != right.To ? left.To.CompareTo(right.To) : left.Kind.CompareTo(right.Kind));
        return periods;
    }

    /// <summary>The period of this kind that is running; none where no shift is.</summary>
    public KpiPeriod? At(PeriodKind kind, long minute)
    {
        switch (kind)
        {
            case PeriodKind.Minute:
                return Period(kind, new(minute, minute + 1));
            case PeriodKind.Hour:
                return Period(kind, HourAt(minute));
            case PeriodKind.Day:
                return Period(kind, DayAt(minute).Span, Name(DayAt(minute).Date));
            case PeriodKind.Month:
                return Month(minute);
            case PeriodKind.Shift:
                var today = DayAt(minute);
                foreach (var day in (ProductionDay[])[today, Day(today.Date.AddDays(-1))])
                {
                    foreach (var shift in day.Shifts)
                    {
                        if (shift.Span.Contains(minute))
                        {
                            return Period(kind, shift.Span, $"{Name(day.Date)}/{shift.Name}");
                        }
                    }
                }

                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "A span has no calendar.");
        }
    }

    /// <summary>The instant of a local time, as the calendar's rule for changes of the clock has it.</summary>
    public long ToMinute(DateOnly date, TimeOnly time)
    {
        var local = ((long)(date.DayNumber - EpochDay) * MinutesPerDay) + (time.Ticks / TimeSpan.TicksPerMinute);

        // The clock changes at most once within a day either side.
        var before = OffsetAt(local - MinutesPerDay);
        var after = OffsetAt(local + MinutesPerDay);
        var early = local - Math.Max(before, after);
        var late = local - Math.Min(before, after);
        return OffsetAt(early) == local - early ? early
            : OffsetAt(late) == local - late ? late
            : local - before;
    }

    public DateOnly LocalDate(long minute) =>
        DateOnly.FromDayNumber(EpochDay + (int)Math.Floor((minute + OffsetAt(minute)) / (double)MinutesPerDay));

    private KpiPeriod Month(long minute)
    {
        var (first, span) = MonthAt(minute);
        return Period(PeriodKind.Month, span, first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }

    private static string Name(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static KpiPeriod Period(PeriodKind kind, MinuteSpan span, string name = "") =>
        new(kind, Minutes.ToUtcTime(span.From), Minutes.ToUtcTime(span.To), name);

    private ProductionDay WorkOut(DateOnly date)
    {
        var span = new MinuteSpan(StartOf(date), StartOf(date.AddDays(1)));

        // A shift of the day before yesterday can still be running: it starts before a day start at most a day later.
        var runs = new List<(string Name, MinuteSpan Span)>();
        for (var offset = -2; offset <= 1; offset++)
        {
            runs.AddRange(RunsStarting(date.AddDays(offset)));
        }

        var shifts = runs.Where(run => span.Contains(run.Span.From)).OrderBy(run => run.Span.From).ToArray();
        var planned = MinuteSpan.Merge(runs.Select(run => run.Span.Intersect(span)));
        var hours = HourEdges(span).ToArray();
        var edges = runs.SelectMany(run => (long[])[run.Span.From, run.Span.To]).Concat(hours).Where(span.Contains)
            .Append(span.From).Append(span.To).Distinct().Order().ToArray();
        return new(date, span, hours, shifts, planned, edges);
    }

    private IEnumerable<(string Name, MinuteSpan Span)> RunsStarting(DateOnly date)
    {
        if (_holidays.Contains(date))
        {
            yield break;
        }

        foreach (var shift in _calendar.Shifts)
        {
            if (shift.Days.Contains(date.DayOfWeek))
            {
                var end = shift.End > shift.Start ? date : date.AddDays(1);
                yield return (shift.Name, new(ToMinute(date, shift.Start), ToMinute(end, shift.End)));
            }
        }
    }

    private IEnumerable<long> HourEdges(MinuteSpan span)
    {
        var previous = OffsetAt(span.From - 1);
        for (var minute = span.From; minute < span.To; minute++)
        {
            // A change of the clock by other than whole hours ends an hour early.
            var offset = OffsetAt(minute);
            if ((minute + offset) % 60 == 0 || offset != previous)
            {
                yield return minute;
            }

            previous = offset;
        }
    }

    private long OffsetAt(long minute) =>
        (long)_calendar.Zone.GetUtcOffset(DateTime.UnixEpoch.AddMinutes(minute)).TotalMinutes;
}
