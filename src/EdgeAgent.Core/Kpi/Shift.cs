using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>A shift as planned every week. Whole minutes.</summary>
/// <param name="Name">Unique in the calendar.</param>
/// <param name="Start">In plant time.</param>
/// <param name="End">In plant time; at or before <paramref name="Start"/> it lies on the next day.</param>
/// <param name="Days">The days of the week on which the shift starts.</param>
public sealed record Shift(string Name, TimeOnly Start, TimeOnly End, ImmutableArray<DayOfWeek> Days)
{
    public static readonly ImmutableArray<DayOfWeek> EveryDay = [.. Enum.GetValues<DayOfWeek>()];
}
