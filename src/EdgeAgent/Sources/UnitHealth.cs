using EdgeAgent.Core.Pipeline;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Sources;

/// <summary>Whether a unit is left alone because it did not answer, and until when. No clock, no I/O.</summary>
internal sealed class UnitHealth(RetrySchedule schedule, Func<double> chance)
{
    private int _failures;
    private TimeSpan _retryAt;

    /// <summary>Why the unit's samples are bad while it is left alone.</summary>
    public ReadOutcome Reason { get; private set; }

    public ModbusExceptionCode Refusal { get; private set; }

    public bool IsSilent => _failures > 0;

    public bool MayAsk(TimeSpan now) => !IsSilent || now >= _retryAt;

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
