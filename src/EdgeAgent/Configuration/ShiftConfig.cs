using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>One of "shifts" in calendar.json. An end before the start lies on the next day.</summary>
internal sealed record ShiftConfig
{
    public const int MinutesPerDay = 24 * 60;

    private static readonly Choices<DayOfWeek> Weekdays = new(
        (DayOfWeek.Monday, ["mon", "周一", "monday", "星期一"]),
        (DayOfWeek.Tuesday, ["tue", "周二", "tuesday", "星期二"]),
        (DayOfWeek.Wednesday, ["wed", "周三", "wednesday", "星期三"]),
        (DayOfWeek.Thursday, ["thu", "周四", "thursday", "星期四"]),
        (DayOfWeek.Friday, ["fri", "周五", "friday", "星期五"]),
        (DayOfWeek.Saturday, ["sat", "周六", "saturday", "星期六"]),
        (DayOfWeek.Sunday, ["sun", "周日", "sunday", "星期日"]));

    public required string Name { get; init; }

    /// <summary>Minutes after midnight, 0 to 1439.</summary>
    public required int Start { get; init; }

    /// <summary>Minutes after midnight, 1 to 1440; less than <see cref="Start"/>: on the next day.</summary>
    public required int End { get; init; }

    /// <summary>The days on which it starts.</summary>
    public required IReadOnlyList<DayOfWeek> Days { get; init; }

    /// <summary>Whether both times could be read and differ; if not, that has been reported.</summary>
    public bool HasLength => Start != End;

    public int Minutes => End > Start ? End - Start : End + MinutesPerDay - Start;

    public static ShiftConfig Read(JsonSection json)
    {
        var name = json["name"].Id("白班");
        var start = json["start"].Required("08:00").MinuteOfDay();
        var end = json["end"].Required("20:00").MinuteOfDay();
        if (start == MinutesPerDay)
        {
            json["start"].Error(("不能是 24:00", "cannot be 24:00"), json["start"].Written("00:00"));
        }
        else if (start is not null && start == end)
        {
            json["end"].Error(
                ($"和 start 都是 {TimeOf(end.Value):HH:mm}，班次没有长度",
                    $"is {TimeOf(end.Value):HH:mm} like start: a shift of no length"),
                ("写真正的结束时刻；全天是 \"00:00\" 至 \"24:00\"，或分成两班",
                    "the time it really ends; all day is \"00:00\" to \"24:00\", or two shifts"));
        }
        else if (end == 0)
        {
            // 00:00 as an end is midnight at the end of the day.
            end = MinutesPerDay;
        }

        var days = ReadDays(json);
        json.Finish();
        return start is null || end is null || start == MinutesPerDay
            ? new ShiftConfig { Name = name, Start = 0, End = 0, Days = days }
            : new ShiftConfig { Name = name, Start = start.Value, End = end.Value, Days = days };
    }

    public static TimeOnly TimeOf(int minute) => new(minute % MinutesPerDay / 60, minute % 60);

    private static List<DayOfWeek> ReadDays(JsonSection json)
    {
        const int DaysPerWeek = 7;
        if (!json.Has("days"))
        {
            return [.. Enumerable.Range(0, DaysPerWeek).Select(day => (DayOfWeek)day)];
        }

        List<DayOfWeek> days = [];
        foreach (var field in json.Fields("days", "\"mon\", \"tue\""))
        {
            var errors = field.Findings.ErrorCount;
            var day = field.Choice(DayOfWeek.Monday, Weekdays);
            if (field.Findings.ErrorCount > errors)
            {
                continue;
            }

            if (days.Contains(day))
            {
                field.Error(("重复", "repeats a day"), ("删除其中一个", "remove one of them"));
                continue;
            }

            days.Add(day);
        }

        if (json.Fields("days", "").Count == 0)
        {
            json["days"].Error(
                ("是空的，这个班永远不上", "is empty: the shift never takes place"),
                ("删除 days（每天），或写 [\"mon\", \"tue\"]", "remove days (every day), or [\"mon\", \"tue\"]"));
        }

        return days;
    }
}
