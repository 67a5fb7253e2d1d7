using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Validation;

/// <summary>Shifts against each other, planned downtime against the ledger.</summary>
internal static class CalendarRules
{
    private const int DaysPerWeek = 7;
    private const int MinutesPerWeek = DaysPerWeek * ShiftConfig.MinutesPerDay;

    public static void Check(CalendarConfig calendar, CalendarPlaces places, NameIndex<DeviceConfig> devices)
    {
        CheckShifts(calendar, places);
        for (var i = 0; i < calendar.PlannedDowntime.Count; i++)
        {
            CheckDowntime(calendar.PlannedDowntime[i], places.PlannedDowntime[i], calendar.DayStart, devices);
        }
    }

    private static void CheckShifts(CalendarConfig calendar, CalendarPlaces places)
    {
        var shifts = calendar.Shifts;
        var dayStart = places.Calendar["dayStart"];
        var hasDayStart = dayStart.IsMissing || dayStart.MinuteOfDay() < ShiftConfig.MinutesPerDay;
        var names = new NameIndex<ShiftConfig>(("班次", "shift"), ConfigFile.Calendar.Name, isWhole: true);
        for (var i = 0; i < shifts.Count; i++)
        {
            names.Add(places.Shifts[i]["name"], shifts[i]);
            for (var j = 0; j < i; j++)
            {
                if (shifts[j].HasLength && shifts[i].HasLength && Overlap(shifts[j], shifts[i]))
                {
                    var (late, early) = (Quoted.Of(shifts[i].Name), Quoted.Of(shifts[j].Name));
                    var line = places.Shifts[j].Place.Line;
                    places.Shifts[i]["start"].Error(
                        ($"：班次 {late} 和第 {line} 行的 {early} 重叠", $"makes shift {late} overlap {early} of line {line}"),
                        ("前一班结束的时刻才开始，或用 days 错开", "begin when the other ends, or separate them by days"));
                }
            }

            if (hasDayStart)
            {
                WarnIfCut(shifts[i], places.Shifts[i], calendar.DayStart);
            }
        }

        if (shifts.Count == 0)
        {
            places.Calendar["shifts"].Warn(
                ("：没有班次，就没有计划工作时间，也没有 OEE", "has no shift: no planned time and no OEE"),
                "\"shifts\": [ { \"name\": \"白班\", \"start\": \"08:00\", \"end\": \"20:00\" } ]");
        }
    }

    private static bool Overlap(ShiftConfig left, ShiftConfig right) =>
        left.Days.Any(leftDay => right.Days.Any(rightDay =>
    {
        var distance = Modulo(MinuteOfWeek(rightDay, right) - MinuteOfWeek(leftDay, left));
        return distance < left.Minutes || MinutesPerWeek - distance < right.Minutes;
    }));

    private static int MinuteOfWeek(DayOfWeek day, ShiftConfig shift) =>
        ((int)day * ShiftConfig.MinutesPerDay) + shift.Start;

    private static int Modulo(int minutes) => ((minutes % MinutesPerWeek) + MinutesPerWeek) % MinutesPerWeek;

    private static void WarnIfCut(ShiftConfig shift, JsonSection json, TimeOnly dayStart)
    {
        var start = (int)dayStart.ToTimeSpan().TotalMinutes;
        var into = (start - shift.Start + ShiftConfig.MinutesPerDay) % ShiftConfig.MinutesPerDay;
        if (shift.HasLength && into > 0 && into < shift.Minutes)
        {
            json["name"].Warn(
                ($"：dayStart {dayStart:HH:mm} 把班次 {Quoted.Of(shift.Name)} 分到两个生产日",
                    $"{Quoted.Of(shift.Name)} is divided between two production days by dayStart {dayStart:HH:mm}"),
                ($"dayStart 一般是某一班的开始，例如 {ShiftConfig.TimeOf(shift.Start):HH:mm}",
                    $"dayStart is usually the start of a shift, like {ShiftConfig.TimeOf(shift.Start):HH:mm}"));
        }
    }

    private static void CheckDowntime(
        PlannedDowntimeConfig downtime, JsonSection json, TimeOnly dayStart, NameIndex<DeviceConfig> devices)
    {
        if (downtime is { From: { } from, To: { } to } && to.On(dayStart) <= from.On(dayStart))
        {
            json["to"].Error(
                ($"（{to.On(dayStart):yyyy-MM-dd HH:mm}）不晚于 from（{from.On(dayStart):yyyy-MM-dd HH:mm}）",
                    $"({to.On(dayStart):yyyy-MM-dd HH:mm}) is not after from ({from.On(dayStart):yyyy-MM-dd HH:mm})"),
                ("停机结束的时刻", "the time when the stop ends"));
        }

        foreach (var device in json.Fields("devices", "\"cnc1\""))
        {
            if (device.Kind == FieldKind.JsonText)
            {
                devices.Resolve(device);
            }
        }
    }
}
