using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>Meter trees, bases and entries.</summary>
public sealed class KpiEnergyTests
{
    [Fact]
    public void What_hangs_below_a_meter_is_counted_once_and_alone_where_only_it_is_in_scope()
    {
        var run = Plant();
        Read(run, "main", 100);
        Read(run, "sub", 30);
        Read(run, "water", 999);

        Assert.Equal(100, run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8)).Value.Rounded);
        Assert.Equal(
            30, run.Compute(KpiCatalogue.EnergyTotal, KpiScope.Device("hall"), Some.At(0), Some.At(8)).Value.Rounded);
    }

    [Fact]
    public void A_medium_that_is_missing_makes_the_sum_partial_and_never_zero()
    {
        var run = Plant();
        var silent = run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8));
        Assert.Equal(KpiStatus.Null, silent.Status);
        Read(run, "sub", 30);

        // The sub-meter is no stand-in for its silent parent.
        Assert.Equal(KpiStatus.Null, run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8)).Status);
    }

    [Fact]
    public void A_coefficient_on_another_basis_is_not_used()
    {
        var run = Plant(CoalBasis.Equivalent);
        Read(run, "main", 100);
        var result = run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8));

        Assert.Null(result.Value.Exact);
        Assert.Contains("meter 'main' has no coefficient on the basis asked for and is left out", result.Reasons);
    }

    [Fact]
    public void A_float_meter_that_trembles_has_not_moved()
    {
        var run = Plant();
        run.Add("plant.main", Some.At(0), 123_456.781).Add("plant.main", Some.At(1), 123_456.774)
            .Add("plant.main", Some.At(2), 123_456.785).Add("plant.main", Some.At(8), 123_456.88);

        var result = run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8));

        Assert.Equal(0.1m, result.Value.Rounded);
        Assert.Equal(KpiFlags.None, result.Flags);
    }

    [Theory]
    [InlineData("0-24", "24")]
    [InlineData("0-8 8-24", "24")]
    [InlineData("0-8 8-16 16-24 0-24", "24")]
    [InlineData("0-8 9-24", null)]
    [InlineData("0-16 8-24", null)]
    [InlineData("0-25", null)]
    [InlineData("-1-24", null)]
    [InlineData("0-8", null)]
    public void Output_value_must_be_entered_for_exactly_the_period_or_tile_it(string spans, string? output)
    {
        var entries = spans.Split(' ').Select(span => span.LastIndexOf('-') is var dash
            ? Entry(int.Parse(span[..dash], null), int.Parse(span[(dash + 1)..], null)) : null!);
        var run = Plant(entries: [.. entries]);
        Read(run, "main", 100);
        var result = run.Compute(KpiCatalogue.EnergyPerOutput, Some.At(0), Some.At(24));

        Assert.Equal(output, result.Value.Denominator?.Amount.ToString());
        Assert.Equal(output is null, result.Value.Exact is null);
    }

    [Fact]
    public void Of_two_entries_for_one_period_the_later_wins_and_what_is_superseded_is_gone()
    {
        var first = Entry(0, 24) with { Document = "A", Value = 1 };
        var second = Entry(0, 24) with { Document = "B", Value = 2, EnteredAt = new(1) };
        var halves = (ValueEntry[])[
            Entry(0, 12) with { Value = 3, EnteredAt = new(2), Supersedes = "B" }, Entry(12, 24) with { Value = 4 }];

        Assert.Equal(1, Output([first]));
        Assert.Equal(2, Output([first, second]));
        Assert.Equal(2, Output([second, first]));
        Assert.Equal(1, Output([first, second, .. halves]));
        Assert.Equal(7, Output([second, .. halves]));
    }

    [Fact]
    public void An_entered_series_that_does_not_cover_the_period_is_missed()
    {
        var diesel = Entry(0, 8) with { Indicator = ValueEntry.Energy + "/diesel", Unit = "tce" };
        var run = Plant(entries: [diesel]);
        Read(run, "main", 100);

        Assert.Equal(108, run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8)).Value.Rounded);
        var day = run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(24));
        Assert.Equal(KpiStatus.Partial, day.Status);
        Assert.Equal(100, day.Value.Rounded);
    }

    private static decimal? Output(ValueEntry[] entries)
    {
        var run = Plant(entries: entries);
        Read(run, "main", 100);
        return run.Compute(KpiCatalogue.EnergyPerOutput, Some.At(0), Some.At(24)).Value.Denominator?.Amount.ToDecimal();
    }

    private static ValueEntry Entry(int from, int to) => new()
    {
        Indicator = ValueEntry.OutputValue,
        From = UtcTime.From(Some.At(from)),
        To = UtcTime.From(Some.At(to)),
        Value = to - from,
        Unit = "万元",
    };

    private static void Read(KpiRun run, string meter, double amount)
    {
        var tag = meter == "sub" ? "hall.sub" : $"plant.{meter}";
        run.Add(tag, Some.At(0), 7.25).Add(tag, Some.At(8), 7.25 + amount);
    }

    private static KpiRun Plant(CoalBasis basis = CoalBasis.Calorific, ValueEntry[]? entries = null) => new(new()
    {
        Calendar = new(),
        Ledger = [new() { Id = "plant", Source = "line" }, new() { Id = "hall", Source = "line" }],
        Tags = [Kwh("plant", "main"), Kwh("hall", "sub"), Kwh("plant", "water")],
        Meters =
        [
            Meter("main", "plant.main"), Meter("sub", "hall.sub") with { Parent = "main" },
            Meter("water", "plant.water") with { Coefficients = [] },
        ],
        Entries = [.. entries ?? []],
        Parameters = new() { CoalBasis = basis },
    });

    private static Tag Kwh(string device, string name) =>
        Some.Tag(device, name, kind: ValueKind.Float64) with { Decimals = 2 };

    private static EnergyMeter Meter(string id, string tag) => new()
    {
        Id = id,
        Tag = tag,
        Carrier = id,
        Coefficients = [new(1000, CoalBasis.Calorific, "")],
    };
}
