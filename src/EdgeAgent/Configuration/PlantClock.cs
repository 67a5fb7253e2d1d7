using EdgeAgent.Core.Model;

namespace EdgeAgent.Configuration;

/// <summary>Local times of a plant as instants.</summary>
internal sealed class PlantClock(TimeZoneInfo zone, TimeOnly dayStart)
{
    /// <summary>
    /// A local time that does not exist, because clocks went forward over it, takes the offset before the change; one
    /// that exists twice is the first.
    /// </summary>
    public UtcTime At(PlantTime time)
    {
        var local = time.On(dayStart);
        var offset =
            zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return UtcTime.From(new DateTimeOffset(local, offset));
    }
}
