using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// Holds the plant's clock back for its reader: for one that polls every unit once a second, at half past, so that the
/// poll that is due always finds its second still running, and for one that is told, so that nothing piles up for it.
/// </summary>
internal sealed class ReaderLeash(ScaledTimeProvider clock, DateTimeOffset start)
{
    private const long Interval = PlantTime.Second;
    private const long Phase = PlantTime.Second / 2;

    /// <summary>
    /// How late a poll may be, in plant time. The reader does not skip one before a whole interval; the less it may be
    /// late, the more alike are the delays with which changes are seen.
    /// </summary>
    private const long Lateness = PlantTime.Second / 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<UnitImage, long> _ends = [];
    private bool _isReleased;

    /// <summary>A unit was polled; from the first time on it will be polled once a second, unless it is dead.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="time">When, in plant time.</param>
    public void Polled(UnitImage unit, long time)
    {
        if (unit.Device.Answers)
        {
            Extend(unit, EndOf(time));
        }
    }

    /// <summary>A unit has given everything it had to report.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="end">How far the clock may run until it reports again, in plant time.</param>
    public void Extend(UnitImage unit, long end)
    {
        lock (_gate)
        {
            _ends[unit] = end;
            if (!_isReleased)
            {
                clock.StopAt(start + TimeSpan.FromMicroseconds(_ends.Values.Min()));
            }
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _isReleased = true;
            clock.StopAt(null);
        }
    }

    /// <summary>When the poll after the one that was due last must have been made.</summary>
    private static long EndOf(long readAt)
    {
        var due = ((readAt - Phase) / Interval * Interval) + Phase;
        return due + Interval + Lateness;
    }
}
