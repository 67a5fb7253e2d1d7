using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>
/// Where the parts of calendar.json stand, for the checks that compare them with each other and with other files.
/// </summary>
internal sealed record CalendarPlaces(
    JsonSection Calendar, IReadOnlyList<JsonSection> Shifts, IReadOnlyList<JsonSection> PlannedDowntime);
