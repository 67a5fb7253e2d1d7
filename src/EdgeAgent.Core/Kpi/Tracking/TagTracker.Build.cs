using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>How the slots are laid out from the model, and how they are written and read.</summary>
internal sealed partial class TagTracker
{
    // Two roundings can move a still meter by one unit of its last decimal.
    private const long DefaultMeterResolution = 2;

    /// <exception cref="ArgumentException">The model names something it does not hold, or a number is out of
    /// range.</exception>
    public TagTracker(KpiModel model, MeasureBook book)
    {
        _book = book;
        _microStop = model.Parameters.MicroStop.Ticks / TimeSpan.TicksPerMicrosecond;
        var slots = new List<TagSlot>();
        var tags = new Dictionary<string, int>(StringComparer.Ordinal);
        var devices = model.Ledger.Select((device, index) => (device.Id, index))
            .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        foreach (var tag in model.Tags)
        {
            if (!devices.TryGetValue(tag.DeviceId, out var device))
            {
                throw new ArgumentException($"Tag '{tag.Id}' belongs to '{tag.DeviceId}', which is not in the ledger.");
            }

            if (tag.Decimals is < 0 or > Mantissa.MaxDecimals || tag.Interval <= TimeSpan.Zero)
            {
                throw new ArgumentException($"Tag '{tag.Id}': decimals 0 to {Mantissa.MaxDecimals}, interval above 0.");
            }

            tags.Add(tag.Id, slots.Count);
            slots.Add(new()
            {
                State = TagState.Initial,
                Hold = checked(model.Parameters.HoldIntervals * (tag.Interval.Ticks / TimeSpan.TicksPerMicrosecond)),
                Next = -1,
                Device = device,
                Role = TagRole.Presence,
                Kind = tag.Kind,
                Decimals = tag.Kind == ValueKind.Float64 ? (byte)tag.Decimals : (byte)0,
            });
        }

        var maps = new Dictionary<int, StateMap>();
        for (var unit = 0; unit < model.WorkUnits.Length; unit++)
        {
            AddUnit(model, model.WorkUnits[unit], unit, tags, slots, maps);
        }

        for (var meter = 0; meter < model.Meters.Length; meter++)
        {
            var energy = model.Meters[meter];
            Add(tags, slots, energy.Tag, TagRole.Meter, meter, slot => new(
                Scaled(energy.Modulus ?? 0, slot, energy.Tag),
                energy.Resolution is { } resolution ? Scaled(resolution, slot, energy.Tag)
                    : slot.Kind == ValueKind.Float64 ? DefaultMeterResolution : 0));
        }

        _slots = [.. slots];
        _open = [.. _slots.Select(slot => slot.FeedsMeasure ? new OpenReadings() : null)];
        _coverage = [.. _slots.Select(slot => slot.FeedsMeasure ? new Timeline<TagMeasures>(book.Calendar) : null)];
        _maps = [.. _slots.Select((_, index) => maps.GetValueOrDefault(index))];
    }

    /// <summary>The slots of a work unit or meter, by role.</summary>
    public IEnumerable<(TagRole Role, int Slot)> SlotsOf(bool meter, int target)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].FeedsMeasure && (_slots[i].Role == TagRole.Meter) == meter && _slots[i].Target == target)
            {
                yield return (_slots[i].Role, i);
            }
        }
    }

    public void Write(SnapshotWriter writer)
    {
        _texts.Write(writer);
        writer.Signed(LateCount);
        writer.Signed(LostCount);
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].State.Write(writer);
            _open[i]?.Write(writer);
            _coverage[i]?.Write(writer);
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        _texts.Read(ref reader);
        LateCount = reader.Signed();
        LostCount = reader.Signed();
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].State = TagState.Read(ref reader);
            _open[i]?.Read(ref reader);
            _coverage[i]?.Read(ref reader);
        }
    }

    private static void AddUnit(
        KpiModel model, WorkUnit unit, int index, Dictionary<string, int> tags, List<TagSlot> slots,
        Dictionary<int, StateMap> maps)
    {
        if (unit.StateTag is not null)
        {
            var rule = model.StateRules.SingleOrDefault(rule => rule.Name == unit.StateRule)
                ?? throw new ArgumentException(
                $"Work unit '{unit.DeviceId}' reads its state by rule '{unit.StateRule}', which is not there.");
            maps.Add(Add(tags, slots, unit.StateTag, TagRole.State, index, _ => default), new(rule));
        }

        if (unit.ProductTag is not null)
        {
            Add(tags, slots, unit.ProductTag, TagRole.Product, index, _ => default);
        }

        foreach (var (tag, role) in ((string?, TagRole)[])[
            (unit.ProducedTag, TagRole.Produced), (unit.GoodTag, TagRole.Good), (unit.ScrapTag, TagRole.Scrap),
            (unit.ReworkTag, TagRole.Rework), (unit.ReworkScrapTag, TagRole.ReworkScrap)])
        {
            if (tag is not null)
            {
                Add(tags, slots, tag, role, index, slot => new(Scaled(unit.CounterModulus ?? 0, slot, tag), 0));
            }
        }
    }

    // A tag that tells two things has two slots, chained; only the first speaks for the device.
    private static int Add(
        Dictionary<string, int> tags, List<TagSlot> slots, string tag, TagRole role, int target,
        Func<TagSlot, CounterRule> rule)
    {
        if (!tags.TryGetValue(tag, out var index))
        {
            throw new ArgumentException($"Tag '{tag}' is used as {role} but is not in the point table.");
        }

        var slot = slots[index];
        if (slot.FeedsMeasure)
        {
            var added = slots.Count;
            slots.Add(slot with { Device = -1, Role = role, Target = target, Rule = rule(slot), Next = slot.Next });
            slots[index] = slot with { Next = added };
            return added;
        }

        slots[index] = slot with { Role = role, Target = target, Rule = rule(slot) };
        return index;
    }

    private static long Scaled(decimal value, in TagSlot slot, string tag)
    {
        var scaled = Fraction.One * value;
        for (var i = 0; i < slot.Decimals; i++)
        {
            scaled *= 10;
        }

        return scaled.Denominator.IsOne && scaled.Numerator.Sign >= 0 && scaled.Numerator < Mantissa.Limit
            ? (long)scaled.Numerator
            : throw new ArgumentException($"Tag '{tag}': {value} is not a whole number of its last decimal place.");
    }
}
