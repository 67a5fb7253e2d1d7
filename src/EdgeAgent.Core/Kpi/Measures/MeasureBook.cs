using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Core.Kpi.Tracking;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// All measures of the plant, and the ways to add to them. Every way takes a sign: what was added can be taken back.
/// </summary>
internal sealed class MeasureBook
{
    private readonly List<(long From, long To)> _restated = [];

    public MeasureBook(KpiModel model)
    {
        Calendar = new(model.Calendar);
        Devices = [.. model.Ledger.Select(_ => new Timeline<TagMeasures>(Calendar))];
        Units = [.. model.WorkUnits.Select(unit => new WorkUnitBook(unit, PlanOf(model, unit.DeviceId), Calendar))];
        Meters = [.. model.Meters.Select(_ => new Timeline<MeterMeasures>(Calendar))];
    }

    /// <summary>Restated spans remembered one by one; more are kept as the one span that covers them all.</summary>
    private const int RestatedMax = 256;

    public ProductionCalendar Calendar { get; }

    /// <summary>In the order of the ledger: all tags of a device together.</summary>
    public Timeline<TagMeasures>[] Devices { get; }

    public WorkUnitBook[] Units { get; }

    public Timeline<MeterMeasures>[] Meters { get; }

    /// <summary>Results up to this minute have been called final.</summary>
    public long ClosedTo { get; set; } = long.MinValue;

    /// <summary>Adds to the time a reading was in force.</summary>
    public static void AddTime(
        Timeline<TagMeasures> timeline, long minute, long duration, bool toEnd, Severity severity)
    {
        ref var row = ref timeline.At(minute);
        switch (severity)
        {
            case Severity.Good:
                row.Good += duration;
                break;
            case Severity.Uncertain:
                row.Uncertain += duration;
                break;
            case Severity.Bad:
                row.Bad += duration;
                return;
            default:
                return;
        }

        if (toEnd && timeline.EndsWith(minute))
        {
            row.KnownAtEnd += Math.Sign(duration);
        }
    }

    /// <summary>
    /// Adds to the time a work unit was in a state; time without a state counts as Bad, within the plan.
    /// </summary>
    public static void AddElement(WorkUnitBook unit, long minute, long duration, in TagState state)
    {
        if (!unit.Plan.IsPlanned(minute))
        {
            if (state.Element == TimeElement.Production)
            {
                unit.Time.At(minute).ProductionOutsidePlan += duration;
            }

            return;
        }

        ref var row = ref unit.Time.At(minute);
        switch (state.Element)
        {
            case TimeElement.Production:
                row.Production += duration;
                break;
            case TimeElement.Setup:
                row.Setup += duration;
                break;
            case TimeElement.Delay:
                row.Delay += duration;
                break;
            case TimeElement.Down:
                row.Down += duration;
                break;
            default:
                row.Bad += duration;
                row.Unmapped += state.IsUnmapped ? duration : 0;
                return;
        }

        row.Good += state.Severity == Severity.Good ? duration : 0;
        row.Uncertain += state.Severity == Severity.Uncertain ? duration : 0;
    }

    public static void AddMicroStop(WorkUnitBook unit, long from, long to, int sign)
    {
        for (var start = from; start < to;)
        {
            var minute = Minutes.At(start);
            var end = Math.Min(to, (minute + 1) * Minutes.Microseconds);
            if (unit.Plan.IsPlanned(minute))
            {
                unit.Time.At(minute).MicroStop += sign * (end - start);
            }

            start = end;
        }
    }

    public static void AddCount(WorkUnitBook unit, TagRole role, long time, long increment)
    {
        ref var row = ref unit.CountsAt(time);
        switch (role)
        {
            case TagRole.Produced:
                row.Produced += increment;
                break;
            case TagRole.Good:
                row.Good += increment;
                break;
            case TagRole.Scrap:
                row.Scrap += increment;
                break;
            case TagRole.Rework:
                row.Rework += increment;
                break;
            default:
                row.ReworkScrap += increment;
                break;
        }
    }

    /// <summary>Notes that results already called final have changed in [from, to] microseconds.</summary>
    public void Restate(long from, long to)
    {
        if (Minutes.OfReading(from) >= ClosedTo)
        {
            return;
        }

        var (first, end) = (Minutes.OfReading(from), Math.Min(Minutes.At(to) + 1, ClosedTo));
        if (_restated.Count > 0 && _restated[^1] is var last && first <= last.To && end >= last.From)
        {
            _restated[^1] = (Math.Min(first, last.From), Math.Max(end, last.To));
            return;
        }

        if (_restated.Count == RestatedMax)
        {
            (first, end) = (Math.Min(first, _restated.Min(span => span.From)),
                Math.Max(end, _restated.Max(span => span.To)));
            _restated.Clear();
        }

        _restated.Add((first, end));
    }

    /// <summary>
    /// The spans of minutes whose final results have changed since the last call, disjoint and ascending.
    /// </summary>
    public MinuteSpan[] TakeRestated()
    {
        var spans = MinuteSpan.Merge(_restated.Select(span => new MinuteSpan(span.From, span.To)));
        _restated.Clear();
        return spans;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Signed(ClosedTo);
        writer.Count(_restated.Count);
        foreach (var (from, to) in _restated)
        {
            writer.Signed(from);
            writer.Signed(to);
        }

        foreach (var device in Devices)
        {
            device.Write(writer);
        }

        foreach (var unit in Units)
        {
            unit.Write(writer);
        }

        foreach (var meter in Meters)
        {
            meter.Write(writer);
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        ClosedTo = reader.Signed();
        var restated = reader.Count(RestatedMax);
        for (var i = 0; i < restated; i++)
        {
            _restated.Add((reader.Signed(), reader.Signed()));
        }

        foreach (var device in Devices)
        {
            device.Read(ref reader);
        }

        foreach (var unit in Units)
        {
            unit.Read(ref reader, 4 * TextCodes.MaxLength);
        }

        foreach (var meter in Meters)
        {
            meter.Read(ref reader);
        }
    }

    private WorkPlan PlanOf(KpiModel model, string deviceId) => new(
        Calendar,
        from downtime in model.Calendar.PlannedDowntime
        where downtime.Devices.IsEmpty || downtime.Devices.Contains(deviceId)
        select new MinuteSpan(
            Minutes.Exactly(downtime.From, "Planned downtime from"),
            Minutes.Exactly(downtime.To, "Planned downtime to")));
}
