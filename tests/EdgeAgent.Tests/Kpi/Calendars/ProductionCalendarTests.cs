using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi.Calendars;

public sealed class ProductionCalendarTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_night_shift_across_midnight_belongs_to_the_production_day_it_starts_in()
    {
        var calendar = new ProductionCalendar(new()
        {
            Zone = Shanghai,
            DayStart = new(8, 0),
            Shifts = [new("day", new(8, 0), new(20, 0), Shift.EveryDay),
                new("night", new(20, 0), new(8, 0), Shift.EveryDay)],
        });

        var day = calendar.Day(new(2026, 3, 31));

        Assert.Equal(Minute("2026-03-31T08:00+08:00"), day.Span.From);
        Assert.Equal(Minute("2026-04-01T08:00+08:00"), day.Span.To);
        Assert.Equal(["day", "night"], day.Shifts.Select(shift => shift.Name));
        Assert.Equal(day.Span.To, day.Shifts[1].Span.To);
        Assert.Equal([day.Span], day.Planned);
    }

    [Fact]
    public void A_month_is_its_production_days()
    {
        var calendar = new ProductionCalendar(new() { Zone = Shanghai, DayStart = new(8, 0) });

        var march = calendar.At(PeriodKind.Month, Minute("2026-04-01T07:59+08:00"))!;

        Assert.Equal("2026-03", march.Name);
        Assert.Equal(Minute("2026-03-01T08:00+08:00"), Minutes.Exactly(march.From, ""));
        Assert.Equal(Minute("2026-04-01T08:00+08:00"), Minutes.Exactly(march.To, ""));
        Assert.Equal("2026-04", calendar.At(PeriodKind.Month, Minute("2026-04-01T08:00+08:00"))!.Name);
    }

    [Fact]
    public void A_holiday_cancels_the_shifts_that_start_on_it_and_no_other()
    {
        var calendar = new ProductionCalendar(new()
        {
            Shifts = [new("night", new(22, 0), new(6, 0), Shift.EveryDay)],
            Holidays = [new(2026, 5, 1)],
        });
        var plan = new WorkPlan(calendar, []);

        // 22:00 of April 30th runs into the holiday; the one of May 1st does not start.
        Assert.Equal(6 * 60, plan.PlannedMinutes(Minute("2026-05-01T00:00Z"), Minute("2026-05-02T00:00Z")));
        Assert.Equal(2 * 60, plan.PlannedMinutes(Minute("2026-05-02T00:00Z"), Minute("2026-05-03T00:00Z")));
    }

    [Fact]
    public void A_shift_runs_on_its_days_of_the_week_only()
    {
        var plan = new WorkPlan(new(new()
        {
            Shifts = [new("day", new(8, 0), new(16, 0), [DayOfWeek.Saturday])],
        }), []);

        Assert.Equal(8 * 60, plan.PlannedMinutes(Minute("2026-03-02T00:00Z"), Minute("2026-03-09T00:00Z")));
    }

    [Theory]
    [InlineData("2026-03-28", 7 * 60)] // 22:00 to 06:00 of the day on which the clock goes forward
    [InlineData("2026-10-24", 9 * 60)] // and back
    [InlineData("2026-06-01", 8 * 60)]
    public void A_shift_is_as_long_as_the_time_that_passes(string date, int minutes)
    {
        var calendar = new ProductionCalendar(new()
        {
            Zone = Berlin,
            Shifts = [new("night", new(22, 0), new(6, 0), Shift.EveryDay)],
        });

        Assert.Equal(minutes, calendar.Day(DateOnly.Parse(date, null)).Shifts.Single().Span.Length);
    }

    [Fact]
    public void A_local_time_that_does_not_exist_takes_the_earlier_offset_and_one_that_exists_twice_is_the_first()
    {
        var calendar = new ProductionCalendar(new() { Zone = Berlin });

        Assert.Equal(Minute("2026-03-29T01:30Z"), calendar.ToMinute(new(2026, 3, 29), new(2, 30)));
        Assert.Equal(Minute("2026-10-25T00:30Z"), calendar.ToMinute(new(2026, 10, 25), new(2, 30)));
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-03-30", 24)]
    public void A_day_has_as_many_hours_as_pass(string date, int hours)
    {
        var day = new ProductionCalendar(new() { Zone = Berlin }).Day(DateOnly.Parse(date, null));

        Assert.Equal(hours, day.HourEdges.Length);
        Assert.Equal(hours * 60, day.Span.Length);
    }

    [Fact]
    public void A_zone_with_a_half_hour_change_has_one_short_hour()
    {
        // Lord Howe goes forward by half an hour at 02:00 on 2026-10-04: the hour from 02:30 has half its minutes.
        var calendar = new ProductionCalendar(
            new() { Zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe") });
        var day = calendar.Day(new(2026, 10, 4));

        Assert.Equal(1410, day.Span.Length);
        Assert.Contains(day.HourEdges, edge => calendar.HourAt(edge).Length == 30);
        Assert.Equal(1410, day.HourEdges.Sum(edge => calendar.HourAt(edge).Length));
    }

    [Fact]
    public void Planned_downtime_leaves_the_plan_of_its_devices_and_overlaps_count_once()
    {
        var plan = new WorkPlan(
            new(Some.RoundTheClock),
            [Span("2026-03-02T10:00Z", "2026-03-02T11:00Z"), Span("2026-03-02T10:30Z", "2026-03-02T12:00Z")]);

        Assert.Equal(22 * 60, plan.PlannedMinutes(Minute("2026-03-02T00:00Z"), Minute("2026-03-03T00:00Z")));
        Assert.True(plan.IsPlanned(Minute("2026-03-02T09:59Z")));
        Assert.False(plan.IsPlanned(Minute("2026-03-02T10:00Z")));
        Assert.False(plan.IsPlanned(Minute("2026-03-02T11:59Z")));
        Assert.True(plan.IsPlanned(Minute("2026-03-02T12:00Z")));
    }

    [Fact]
    public void Periods_end_from_small_to_large_and_none_is_told_twice()
    {
        var calendar = new ProductionCalendar(Some.RoundTheClock);
        var (from, to) = (Minute("2026-02-27T00:00Z"), Minute("2026-03-02T00:00Z"));

        var once = calendar.EndingIn(from, to);
        var apart = Enumerable.Range(0, (int)(to - from) / 30)
            .SelectMany(i => calendar.EndingIn(from + (30 * i), from + (30 * (i + 1)))).ToList();

        Assert.Equal(
            [PeriodKind.Minute, PeriodKind.Hour, PeriodKind.Shift, PeriodKind.Day, PeriodKind.Month],
            once.Where(period => period.To == Minutes.ToUtcTime(Minute("2026-03-01T00:00Z")))
                .Select(period => period.Kind)
                .DefaultIfEmpty().Prepend(PeriodKind.Minute).Distinct());
        Assert.Equal(
            once.Where(period => period.Kind != PeriodKind.Minute),
                apart.Where(period => period.Kind != PeriodKind.Minute));
        Assert.Equal(72, once.Count(period => period.Kind == PeriodKind.Hour));
        Assert.Equal(9, once.Count(period => period.Kind == PeriodKind.Shift));
        Assert.Equal(["2026-02-27", "2026-02-28", "2026-03-01"],
            once.Where(period => period.Kind == PeriodKind.Day).Select(period => period.Name));
    }

    [Fact]
    public void Times_off_the_minute_and_shifts_of_one_name_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ProductionCalendar(new() { DayStart = new(8, 0, 30) }));
        Assert.Throws<ArgumentException>(() => new ProductionCalendar(new()
        {
            Shifts = [new("a", new(8, 0), new(9, 0), Shift.EveryDay), new("a", new(9, 0), new(10, 0), Shift.EveryDay)],
        }));
    }

    private static long Minute(string time) =>
        Minutes.Exactly(
            UtcTime.From(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), time);

    private static MinuteSpan Span(string from, string to) => new(Minute(from), Minute(to));
}
