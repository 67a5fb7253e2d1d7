using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>calendar.json: when the plant plans to work.</summary>
internal sealed record CalendarConfig
{
    // Ten years of holidays and of weekly maintenance of every machine; more is a mistake of a generator.
    private const int MaxHolidays = 1000;
    private const int MaxDowntimes = 10_000;
    private const int MaxShifts = 50;

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>When a production day, and with it a month, begins.</summary>
    public required TimeOnly DayStart { get; init; }

    public required IReadOnlyList<ShiftConfig> Shifts { get; init; }

    /// <summary>Days on which no shift starts.</summary>
    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    public required IReadOnlyList<PlannedDowntimeConfig> PlannedDowntime { get; init; }

    public static (CalendarConfig Config, CalendarPlaces Places) Read(JsonSection json)
    {
        var shifts = json.Sections("shifts");
        var holidays = json.Fields("holidays", "\"2026-10-01\"");
        var downtimes = json.Sections("plannedDowntime");
        Limit(json["shifts"], shifts.Count, MaxShifts);
        Limit(json["holidays"], holidays.Count, MaxHolidays);
        Limit(json["plannedDowntime"], downtimes.Count, MaxDowntimes);
        var config = new CalendarConfig
        {
            Zone = ReadZone(json["timeZone"].Required("Asia/Shanghai")),

            // The calendar day, as the statistical forms count.
            DayStart = ReadDayStart(json["dayStart"]),
            Shifts = [.. shifts.Take(MaxShifts).Select(ShiftConfig.Read)],
            Holidays = ReadHolidays(holidays.Take(MaxHolidays)),
            PlannedDowntime = [.. downtimes.Take(MaxDowntimes).Select(PlannedDowntimeConfig.Read)],
        };
        var places = new CalendarPlaces(json, shifts, downtimes);
        json.Finish();
        return (config, places);
    }

    private static void Limit(Field list, int count, int max)
    {
        if (count > max)
        {
            list.Error(($"有 {count} 项", $"has {count} items"), ($"最多 {max} 项", $"at most {max}"));
        }
    }

    private static TimeZoneInfo ReadZone(Field field)
    {
        var id = field.Line(example: "Asia/Shanghai");
        if (id.Length == 0)
        {
            return TimeZoneInfo.Utc;
        }

        // The id becomes a path below the system's zone folder.
        var isName = id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '+' or '-');
        if (isName && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        var hasZones = TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out _);
        field.Error(
            ($"没有这个时区：{Quoted.Of(id)}", $"is not a time zone: {Quoted.Of(id)}"),
            hasZones
                ? (Bilingual)field.Written("Asia/Shanghai")
                : ("这台机器没有时区数据，安装 tzdata", "this machine has no time zones; install tzdata"));
        return TimeZoneInfo.Utc;
    }

    private static TimeOnly ReadDayStart(Field field)
    {
        var minute = field.MinuteOfDay() ?? 0;
        if (minute < ShiftConfig.MinutesPerDay)
        {
            return ShiftConfig.TimeOf(minute);
        }

        field.Error(("不能是 24:00", "cannot be 24:00"), field.Written("00:00"));
        return default;
    }

    private static List<DateOnly> ReadHolidays(IEnumerable<Field> fields)
    {
        List<DateOnly> dates = [];
        foreach (var field in fields)
        {
            if (field.Date() is not { } date)
            {
                continue;
            }

            if (dates.Contains(date))
            {
                field.Warn(($"：{date:yyyy-MM-dd} 已经列过", $"lists {date:yyyy-MM-dd} again"),
                    ("删除其中一个", "remove one of them"));
                continue;
            }

            dates.Add(date);
        }

        return dates;
    }
}
