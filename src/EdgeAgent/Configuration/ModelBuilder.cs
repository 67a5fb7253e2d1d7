using System.Collections.Immutable;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Configuration;

/// <summary>
/// From what the user wrote to what the engine computes with. Total: a checked configuration always has a model.
/// </summary>
internal static class ModelBuilder
{
    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>The tags in the order of tags.csv.</summary>
    public static TagTable Tags(PlantConfig config) => new(ToTags(config));

    public static KpiModel Kpi(PlantConfig config)
    {
        var clock = new PlantClock(config.Calendar.Zone, config.Calendar.DayStart);
        return new KpiModel
        {
            Calendar = ToCalendar(config.Calendar, clock),
            Tags = [.. ToTags(config)],
            Ledger = [.. config.Devices.Select(ToLedgerDevice)],
            WorkUnits = [.. config.WorkUnits.Select(ToWorkUnit)],
            StateRules = [.. config.StateRules.Select(ToStateRule)],
            Products = [.. config.Products.Select(ToProduct)],
            Meters = [.. config.Meters.Select(ToMeter)],
            Entries = [.. config.Entries.Select(entry => ToEntry(entry, clock))],
            Parameters = ToParameters(config.KpiParameters),
        };
    }

    private static IEnumerable<Tag> ToTags(PlantConfig config)
    {
        var confirmed = config.Agent.Endpoints.OfType<OpcUaEndpointConfig>()
            .ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.ConfirmInterval, StringComparer.Ordinal);
        var ofDevice = config.Devices.ToDictionary(
            device => device.Id, device => confirmed.GetValueOrDefault(device.Endpoint), StringComparer.Ordinal);
        return config.Tags.Select(tag => ToTag(tag, ofDevice[tag.Device]));
    }

    // A tag that reports by exception is due when it changes, and at the latest when its value is confirmed.
    private static Tag ToTag(TagConfig tag, TimeSpan confirmed) => new()
    {
        Id = tag.Id,
        DeviceId = tag.Device,
        Kind = tag.Kind,
        Unit = tag.Unit,
        Decimals = tag.Decimals,
        Interval = tag.Interval > confirmed ? tag.Interval : confirmed,
        Description = tag.Description,
    };

    private static PlantCalendar ToCalendar(CalendarConfig calendar, PlantClock clock) => new()
    {
        Zone = calendar.Zone,
        DayStart = calendar.DayStart,
        Shifts =
        [
            .. calendar.Shifts.Select(shift => new Shift(
                shift.Name, ShiftConfig.TimeOf(shift.Start), ShiftConfig.TimeOf(shift.End), [.. shift.Days])),
        ],
        Holidays = [.. calendar.Holidays],
        PlannedDowntime =
        [
            .. calendar.PlannedDowntime.Select(downtime => new PlannedDowntime(
                clock.At(downtime.From!.Value), clock.At(downtime.To!.Value), [.. downtime.Devices], downtime.Reason)),
        ],
    };

    private static LedgerDevice ToLedgerDevice(DeviceConfig device) => new()
    {
        Id = device.Id,
        Name = device.Name,
        Workshop = device.Workshop,
        Line = device.Line,
        Class = device.Class,
        IsProduction = device.IsProduction,
        IsKey = device.IsKey,
        Commissioned = device.Commissioned,
        Retired = device.Retired,
        Source = OrNull(device.Endpoint),
    };

    private static WorkUnit ToWorkUnit(WorkUnitConfig unit) => new()
    {
        DeviceId = unit.Device,
        StateTag = OrNull(unit.StateTag),
        StateRule = OrNull(unit.StateRule),
        ProducedTag = OrNull(unit.ProducedTag),
        GoodTag = OrNull(unit.GoodTag),
        ScrapTag = OrNull(unit.ScrapTag),
        ReworkTag = OrNull(unit.ReworkTag),
        ReworkScrapTag = OrNull(unit.ReworkScrapTag),
        CounterModulus = unit.CounterModulus,
        ProductId = OrNull(unit.Product),
        ProductTag = OrNull(unit.ProductTag),
    };

    private static StateRule ToStateRule(StateRuleConfig rule) =>
        new(rule.Name, rule.Version, rule.Map.ToImmutableDictionary());

    private static Product ToProduct(ProductConfig product) =>
        new(product.Id, product.Name, product.PlannedRunTime * new Fraction(MicrosecondsPerSecond));

    private static EnergyMeter ToMeter(MeterConfig meter) => new()
    {
        Id = meter.Id,
        Tag = meter.Tag,
        Carrier = meter.Carrier!.Id,
        Flow = meter.Flow,
        Modulus = meter.Modulus,
        Parent = OrNull(meter.Parent),
        Coefficients = meter.Coefficient is { } kgce ? [new CoalCoefficient(kgce, meter.Basis, meter.Source)] : [],
    };

    private static ValueEntry ToEntry(EntryConfig entry, PlantClock clock) => new()
    {
        Indicator = entry.Indicator,
        From = clock.At(entry.From!.Value),
        To = clock.At(entry.To!.Value),
        Value = entry.Value,
        Unit = entry.Unit,
        Document = entry.Document,
        EnteredBy = entry.EnteredBy,
        EnteredAt = clock.At(entry.EnteredAt!.Value),
        Supersedes = OrNull(entry.Supersedes),
    };

    private static KpiParameters ToParameters(KpiParametersConfig parameters) => new()
    {
        CoalBasis = parameters.CoalBasis,
        EvidenceWindow = parameters.EvidenceWindow,
        QualifiedShare = parameters.QualifiedShare,
        DefectPolicy = parameters.DefectPolicy,
        MicroStop = parameters.MicroStop,
        CoverageFull = parameters.CoverageFull,
        CoverageFloor = parameters.CoverageFloor,
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
