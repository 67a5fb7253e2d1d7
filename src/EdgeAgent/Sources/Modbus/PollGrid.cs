using EdgeAgent.Core.Model;

namespace EdgeAgent.Sources.Modbus;

/// <summary>
/// The instants at which a poll is due: whole multiples of the interval since the Unix epoch, plus a phase. So the
/// instants do not depend on when the agent was started, and do not drift. Pure.
/// </summary>
internal readonly record struct PollGrid(TimeSpan Interval, TimeSpan Phase)
{
    /// <summary>The first instant after <paramref name="time"/>.</summary>
    public UtcTime After(UtcTime time)
    {
        var since = time.Ticks - Phase.Ticks;
        var cycles = Math.DivRem(since, Interval.Ticks, out var rest);
        return new(((rest < 0 ? cycles - 1 : cycles) + 1) * Interval.Ticks + Phase.Ticks);
    }

    /// <summary>
    /// How many instants have passed by unpolled when the one at <paramref name="due"/> is only met now.
    /// </summary>
    public long MissedBy(UtcTime due, UtcTime now) => now < due ? 0 : (now.Ticks - due.Ticks) / Interval.Ticks;
}
