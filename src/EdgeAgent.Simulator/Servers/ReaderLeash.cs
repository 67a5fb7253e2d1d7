using EdgeAgent.Simulator.Registers;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// Holds the plant's clock back so that it is never further ahead of its slowest reader than <see cref="Lead"/>.
/// </summary>
internal sealed class ReaderLeash(ScaledTimeProvider clock, IReadOnlyList<UnitImage> units, DateTimeOffset start)
{
    /// <summary>
    /// Between one and one and a half polls of a second: the poll that is due always finds its second still running,
    /// and none falls due while another is outstanding.
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(1450);

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
                clock.StopAt(start + TimeSpan.FromMicroseconds(units.Min(other => _readAt[other])) + Lead);
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
}
