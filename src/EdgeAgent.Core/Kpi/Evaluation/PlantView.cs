using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Tracking;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>What a figure is formed from: the model, the measures, and what was seen beside the ledger.</summary>
internal sealed class PlantView
{
    private readonly Dictionary<string, LedgerDevice> _ledger;
    private readonly int[] _tagCounts;

    public PlantView(KpiModel model, MeasureBook book, TagTracker tracker)
    {
        (Model, Book, Tracker) = (model, book, tracker);
        _ledger = model.Ledger.ToDictionary(device => device.Id, StringComparer.Ordinal);
        _tagCounts = [.. model.Ledger.Select(device => model.Tags.Count(tag => tag.DeviceId == device.Id))];
        TagUnits = model.Tags.ToDictionary(tag => tag.Id, tag => tag.Unit, StringComparer.Ordinal);
        TagDevices = model.Tags.ToDictionary(tag => tag.Id, tag => _ledger[tag.DeviceId], StringComparer.Ordinal);
        UnitSlots = [.. model.WorkUnits.Select((_, unit) => tracker.SlotsOf(meter: false, unit).ToArray())];
        MeterSlots = [.. model.Meters.Select((_, meter) => tracker.SlotsOf(meter: true, meter).Single().Slot)];
    }

    public KpiModel Model { get; }

    public MeasureBook Book { get; }

    public TagTracker Tracker { get; }

    public Dictionary<string, string> TagUnits { get; }

    public Dictionary<string, LedgerDevice> TagDevices { get; }

    /// <summary>By work unit: the slots of its tags.</summary>
    public (TagRole Role, int Slot)[][] UnitSlots { get; }

    /// <summary>By meter: the slot of its tag.</summary>
    public int[] MeterSlots { get; }

    /// <summary>Devices that are not in the ledger and yet sent Good samples.</summary>
    public SortedSet<string> Strangers { get; } = new(StringComparer.Ordinal);

    public LedgerDevice Device(string id) => _ledger[id];

    public bool IsInLedger(string id) => _ledger.ContainsKey(id);

    /// <summary>How many tags the point table has for a device.</summary>
    public int TagCount(int device) => _tagCounts[device];

    /// <summary>Decimal places of the counter in this role; 0 where there is none.</summary>
    public int DecimalsOf(int unit, TagRole role)
    {
        foreach (var (own, slot) in UnitSlots[unit])
        {
            if (own == role)
            {
                return Tracker.Slots[slot].Decimals;
            }
        }

        return 0;
    }

    /// <summary>Whether a device is in use on a date.</summary>
    public static bool IsInUse(LedgerDevice device, DateOnly date) =>
        (device.Commissioned is not { } first || first <= date) && (device.Retired is not { } end || date < end);

    /// <summary>The work units of a scope that are in use when the period begins or ends.</summary>
    public IEnumerable<int> UnitsIn(KpiScope scope, MinuteSpan span)
    {
        var first = Book.Calendar.DayAt(span.From).Date;
        var last = Book.Calendar.DayAt(Math.Max(span.From, span.To - 1)).Date;
        for (var i = 0; i < Model.WorkUnits.Length; i++)
        {
            var device = Device(Model.WorkUnits[i].DeviceId);
            if (scope.Contains(device) && (IsInUse(device, first) || IsInUse(device, last)))
            {
                yield return i;
            }
        }
    }
}
