using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// Holds the plant's clock back for a reader that polls every unit once a second, at half past: the poll that is due
/// always finds its second still running, so none is ever skipped, however busy the machine is.
/// </summary>
internal sealed class ReaderLeash(ScaledTimeProvider clock, IReadOnlyList<UnitImage> units, DateTimeOffset start)
{
    private const long Interval = PlantTime.Second;
    private const long Phase = PlantTime.Second / 2;

    /// <summary>
    /// How late a poll may be, in plant time. The reader does not skip one before a whole interval; the less it may be
    /// late, the more alike are the delays with which changes are seen.
    /// </summary>
    private const long Lateness = PlantTime.Second / 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<UnitImage, long> _readAt = [];
    private bool _isReleased;

    /// <param name="unit">Which unit was asked for something.</param>
    /// <param name="time">When, in plant time.</param>
    public void Read(UnitImage unit, long time)
    {
        lock (_gate)
        {
            _readAt[unit] = time;
            if (!_isReleased && units.All(_readAt.ContainsKey))
            {
                var end = units.Min(other => EndOf(_readAt[other]));
                clock.StopAt(start + TimeSpan.FromMicroseconds(end));
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
