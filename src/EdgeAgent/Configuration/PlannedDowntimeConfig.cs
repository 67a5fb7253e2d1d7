using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>One of "plannedDowntime" in calendar.json: a stop decided beforehand.</summary>
internal sealed record PlannedDowntimeConfig
{
    public required PlantTime? From { get; init; }

    public required PlantTime? To { get; init; }

    /// <summary>The devices that stop; empty: all.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    public required string Reason { get; init; }

    public static PlannedDowntimeConfig Read(JsonSection json)
    {
        var config = new PlannedDowntimeConfig
        {
            From = ReadMinute(json["from"]),
            To = ReadMinute(json["to"]),
            Devices = [.. json.Fields("devices", "\"cnc1\"").Select(field => field.Line(example: "cnc1"))],
            Reason = json["reason"].Line(),
        };
        json.Finish();
        return config;
    }

    private static PlantTime? ReadMinute(Field field)
    {
        var time = field.Required("2026-10-01T08:00").LocalTime();
        if (time is { Time: { Second: not 0 } })
        {
            field.Error(("要写到整分钟", "must be a whole minute"), field.Written("2026-10-01T08:00"));
        }

        return time;
    }
}
