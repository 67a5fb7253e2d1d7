using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// When the plant plans to work. Every time of day is plant time, to the minute. A local time that does not exist
/// takes the offset before the change; one that exists twice is the first; a shift is as long as the time that really
/// passes.
/// </summary>
public sealed record PlantCalendar
{
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Where a production day starts, and with it every month. Whole minutes.</summary>
    public TimeOnly DayStart { get; init; }

    /// <summary>Planned time is the union of the shifts, less <see cref="PlannedDowntime"/>.</summary>
    public ImmutableArray<Shift> Shifts { get; init; } = [];

    /// <summary>Dates on which no shift starts.</summary>
    public ImmutableArray<DateOnly> Holidays { get; init; } = [];

    public ImmutableArray<PlannedDowntime> PlannedDowntime { get; init; } = [];
}
