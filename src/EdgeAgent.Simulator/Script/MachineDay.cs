using System.Diagnostics;

namespace EdgeAgent.Simulator.Script;

/// <summary>
/// Writes one machine's day: when it stops, why, for how long, and when it changes products.
/// </summary>
/// <remarks>
/// The day is cut into blocks of five minutes. In every block the machine stops at least once, after its first and
/// before its last minute; so every ten minutes hold a stop, and at the edges of a block, of its first and of its last
/// minute the machine produces. Once a day it breaks down for longer than a block. States change on whole seconds, at
/// least ten seconds apart and three seconds away from whole minutes.
/// </remarks>
internal sealed class MachineDay
{
    public const int DaySeconds = (int)(PlantTime.Day / PlantTime.Second);

    private const int MinStateSeconds = 10;
    private const int MarginSeconds = 3;
    private const int BlockSeconds = 300;
    private const int BlockCount = DaySeconds / BlockSeconds;
    private const int FirstStopSecond = 60;
    private const int LastStopSecond = 240;
    private const int MaintenanceLeadSeconds = 5;
    private const int SecondStopPerMille = 400;

    /// <summary>A visitor of the first hour sees a plant that runs; long breakdowns come later.</summary>
    private const int FirstBreakdownBlock = 12;

    private readonly MachineDefinition _machine;
    private readonly List<Segment> _segments = [new(0, MachineState.Production, 0, 0)];
    private Draw _draw;

    private MachineDay(MachineDefinition machine, Draw draw)
    {
        _machine = machine;
        _draw = draw;
    }

    public static Segment[] Write(MachineDefinition machine, Draw draw)
    {
        var day = new MachineDay(machine, draw);
        day.WriteBlocks();
        day.ChangeProducts();
        return [.. day._segments];
    }

    private void WriteBlocks()
    {
        var breakdownBlock = FirstBreakdownBlock + _draw.Below(BlockCount - FirstBreakdownBlock - 12);
        var breakdownBlocks = 2 + _draw.Below(5);
        for (var block = 0; block < BlockCount; block++)
        {
            var start = block * BlockSeconds;
            if (_machine.PlannedDowntime is { } planned && Overlaps(planned, start, start + BlockSeconds))
            {
                if (planned.From / PlantTime.Second == start)
                {
                    Stop(
                        MachineState.Maintenance,
                        start - MaintenanceLeadSeconds,
                        (int)(planned.To / PlantTime.Second) + MaintenanceLeadSeconds);
                }

                // The plant restarts five seconds into the block after the window; a breakdown waits for its turn.
                breakdownBlock += breakdownBlock == block ? 1 : 0;
            }
            else if (block == breakdownBlock && !MaintenanceWithin(start, breakdownBlocks))
            {
                var last = start + ((breakdownBlocks - 1) * BlockSeconds);
                var from = Snap(start + FirstStopSecond + _draw.Below(60));
                Stop(MachineState.Down, from, last + LastStopSecond - MarginSeconds);
                block += breakdownBlocks - 1;
            }
            else
            {
                breakdownBlock += breakdownBlock == block ? 1 : 0;
                WriteStops(start);
            }
        }
    }

    /// <summary>One stop, or two with production between them.</summary>
    private void WriteStops(int blockStart)
    {
        var latest = blockStart + LastStopSecond - MarginSeconds;
        var from = Snap(blockStart + FirstStopSecond + _draw.Below(90));
        var to = WriteStop(from, latest);
        if (_draw.PerMille(SecondStopPerMille))
        {
            from = Snap(to + MinStateSeconds + _draw.Below(60));
            if (from + MinStateSeconds <= latest)
            {
                WriteStop(from, latest);
            }
        }
    }

    private int WriteStop(int from, int latest)
    {
        var (state, seconds) = _draw.Below(1000) switch
        {
            var kind when kind < _machine.SetupPerMille => (MachineState.Setup, _draw.Skewed(30, 120)),
            var kind when kind < _machine.SetupPerMille + _machine.DownPerMille
                => (MachineState.Down, _draw.Skewed(20, 140)),
            _ => (MachineState.Delay, _draw.Skewed(MinStateSeconds, 40)),
        };
        var to = Math.Min(latest, Snap(from + seconds));
        Stop(state, from, to);
        return to;
    }

    private void Stop(MachineState state, int from, int to)
    {
        Debug.Assert(from - _segments[^1].FromSecond >= MinStateSeconds, "States last.");
        Debug.Assert(to - from >= MinStateSeconds, "Stops last.");
        var reason = (byte)_draw.Below(_machine.Codes[state].Count);
        _segments.Add(new(from, state, reason, 0));
        _segments.Add(new(to, MachineState.Production, 0, 0));
    }

    /// <summary>
    /// The machine changes to its next product in the middle of a setup, when nothing is counted. The last setup of
    /// the day returns to the first product, because the day repeats.
    /// </summary>
    private void ChangeProducts()
    {
        var setups = _segments.Count(segment => segment.State == MachineState.Setup);
        byte cycle = 0;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i] with { Cycle = cycle };
            _segments[i] = segment;
            if (segment.State == MachineState.Setup)
            {
                cycle = --setups == 0 ? (byte)0 : (byte)((cycle + 1) % _machine.Cycles.Count);
                var middle = Snap((segment.FromSecond + _segments[i + 1].FromSecond) / 2);
                _segments.Insert(++i, segment with { FromSecond = middle, Cycle = cycle });
            }
        }
    }

    /// <summary>The same second or the next one that is not near a whole minute.</summary>
    private static int Snap(int second) => (second % 60) switch
    {
        < MarginSeconds and var past => second + MarginSeconds - past,
        > 60 - MarginSeconds and var past => second + 60 + MarginSeconds - past,
        _ => second,
    };

    private bool MaintenanceWithin(int start, int blocks) =>
        _machine.PlannedDowntime is { } planned && Overlaps(planned, start, start + ((blocks + 1) * BlockSeconds));

    private static bool Overlaps(PlannedDowntime planned, int from, int to) =>
        planned.From < to * PlantTime.Second && from * PlantTime.Second < planned.To;
}
