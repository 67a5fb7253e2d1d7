using EdgeAgent.Core.Model;
using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Sources.Modbus;

/// <summary>The tags of one unit that are due together, and what is owed for them.</summary>
internal sealed class PollGroup(
    ModbusEndpointUnit unit, UnitHealth health, UnitReader reader, SampleSink sink, PollGrid grid, UtcTime firstDue)
{
    private UtcTime _accounted = firstDue;
    private long _owed;
    private GapCause _owedCause;

    public ModbusEndpointUnit Unit => unit;

    public UnitHealth Health => health;

    public UnitReader Reader => reader;

    public SampleSink Sink => sink;

    public TimeSpan Interval => grid.Interval;

    /// <summary>When the next poll is due.</summary>
    public UtcTime Due { get; private set; } = firstDue;

    public bool OwesGap => _owed > 0;

    /// <summary>Goes on to the next due instant.</summary>
    public void Advance() => Due += grid.Interval;

    /// <summary>Leaves out polls; they become a gap as soon as there is room for one.</summary>
    public void Skip(long polls, GapCause cause)
    {
        // One gap, one cause: the first tells how it began.
        _owedCause = _owed == 0 ? cause : _owedCause;
        _owed += polls;
        Due += grid.Interval * polls;
    }

    /// <summary>The wall clock was set back: the plan begins again from now, and nothing was missed.</summary>
    public void Realign(UtcTime now) => Due = grid.After(now);

    /// <summary>Polls that passed by while the line was busy with others.</summary>
    public long MissedBy(UtcTime now) => grid.MissedBy(Due, now);

    /// <summary>The gap that is owed: from the last sample before the skipped polls to the first one after.</summary>
    public Gap SettleGap(UtcTime firstSample)
    {
        var why = _owedCause == GapCause.QueueOverflow
            ? "the journal could not take them" : "the line was busy or too slow for its intervals";
        var gap = new Gap(unit.Scope, _accounted, firstSample < _accounted ? _accounted : firstSample, _owedCause,
            $"{_owed} polls at {grid.Interval.TotalSeconds:0.###} s were skipped: {why}.");
        _owed = 0;
        return gap;
    }

    /// <summary>Samples up to this instant are in the queue.</summary>
    public void Account(UtcTime time) => _accounted = time;
}
