using EdgeAgent.Core.Pipeline;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Sources.Modbus;

/// <summary>Whether a unit is left alone because it did not answer, and until when. No clock, no I/O.</summary>
internal sealed class UnitHealth(RetrySchedule schedule, Func<double> chance)
{
    // A probe that has to be shorter than the time-out cannot find a slow unit, so now and then one need not be.
    private const int FullProbeEvery = 4;

    // Below that even a quick unit on a slow line would be missed.
    private static readonly TimeSpan ProbeMin = TimeSpan.FromMilliseconds(100);

    private int _failures;
    private TimeSpan _retryAt;

    /// <summary>Why the unit's samples are bad while it is left alone.</summary>
    public ReadOutcome Reason { get; private set; }

    public ModbusExceptionCode Refusal { get; private set; }

    public bool IsSilent => _failures > 0;

    public bool MayAsk(TimeSpan now) => !IsSilent || now >= _retryAt;

    /// <summary>How long a probe may keep the others waiting.</summary>
    /// <param name="timeout">The line's.</param>
    /// <param name="budget">Time until another unit wants the line; may be negative.</param>
    public TimeSpan ProbeTimeout(TimeSpan timeout, TimeSpan budget)
    {
        var bound = budget > ProbeMin ? budget : ProbeMin;
        return _failures % FullProbeEvery == 0 || bound > timeout ? timeout : bound;
    }

    /// <returns>Whether this is news.</returns>
    public bool Spoke()
    {
        var isNews = IsSilent;
        _failures = 0;
        return isNews;
    }

    /// <returns>Whether this is news.</returns>
    public bool KeptSilent(ReadOutcome reason, ModbusExceptionCode refusal, TimeSpan now)
    {
        (Reason, Refusal) = (reason, refusal);
        _failures++;
        _retryAt = now + schedule.DelayAfter(_failures, chance());
        return _failures == 1;
    }
}
