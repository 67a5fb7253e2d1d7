using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>calendar.json: two shifts around the clock, and the planned maintenance of each day.</summary>
internal static class CalendarFile
{
    private static readonly (string Name, string Start, string End)[] Shifts =
        [("白班", "08:00", "20:00"), ("夜班", "20:00", "08:00")];

    public static string Write(PlantConfiguration plant) => JsonText.Object(json =>
    {
        json.WriteString("timeZone", "Asia/Shanghai");
        json.WriteString("dayStart", "08:00");
        json.Array("shifts", Shifts, shift =>
        {
            json.WriteString("name", shift.Name);
            json.WriteString("start", shift.Start);
            json.WriteString("end", shift.End);
        });
        json.WriteStartArray("holidays");
        json.WriteEndArray();
        var stops =
            from day in Enumerable.Range(0, plant.CalendarDays)
            from planned in PlantScript.PlannedDowntimes
            select (Planned: planned, Midnight: day * PlantTime.Day);
        json.Array("plannedDowntime", stops, stop =>
        {
            json.WriteString("from", plant.Local(stop.Midnight + stop.Planned.From));
            json.WriteString("to", plant.Local(stop.Midnight + stop.Planned.To));
            json.WriteStartArray("devices");
            json.WriteStringValue(stop.Planned.Machine);
            json.WriteEndArray();
            json.WriteString("reason", stop.Planned.Reason);
        });
    });
}
