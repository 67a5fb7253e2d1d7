using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The examples of energy, each as meters with readings and entries for the period.</summary>
public sealed class EnergyVectorTests
{
    private static readonly (DateTimeOffset From, DateTimeOffset To) Period = (Some.At(0), Some.At(24));

    [Fact]
    public void En_01_entered_energy_over_entered_output()
    {
        var vector = KpiVectors.Find("en-01");
        var run = Plant([], [
            Entry(ValueEntry.Energy, vector.In("totalTce").GetString()!, "tce"),
            Entry(ValueEntry.OutputValue, vector.In("outputValueWan").GetString()!, "万元"),
        ]);

        vector.Expects("tcePerWan", run.Compute(KpiCatalogue.EnergyPerOutput, Period.From, Period.To).Value);
    }

    [Fact]
    public void En_03_electricity()
    {
        var vector = KpiVectors.Find("en-03");
        var run = Plant([("kwh", "electricity", "0.1229", null)], []);
        Read(run, "kwh", vector.Int("electricityKWh"));

        vector.Expects("tce", run.Compute(KpiCatalogue.EnergyTotal, Period.From, Period.To).Value);
    }

    [Fact]
    public void En_07_steam_by_its_heat()
    {
        var vector = KpiVectors.Find("en-07");
        var run = Plant([("mj", "heat", vector.In("heatCoef").GetString()!, null)], []);
        Read(run, "mj", vector.In("steamMJPerT").Exact());

        var kgce = run.Compute(KpiCatalogue.EnergyTotal, Period.From, Period.To).Value.Exact * 1000;
        KpiVectors.Same(vector.GetProperty("expected").GetProperty("kgcePerT"), kgce, "kgcePerT");
    }

    [Theory]
    [InlineData(CoalBasis.Calorific, "tceCalorific", "tcePerWanCalorific", "当量值")]
    [InlineData(CoalBasis.Equivalent, "tceEquivalentAt0_3000", "tcePerWanEquivalent", "等价值")]
    public void En_10_the_basis_doubles_the_figure(CoalBasis basis, string total, string perOutput, string policy)
    {
        var vector = KpiVectors.Find("en-10");
        var run = Plant(
            [("kwh", "electricity", "0.1229", "0.3000"), ("m3", "gas", vector.In("gasCoef").GetString()!, null),
                ("gj", "heat", "34.12", null)],
            [
                Entry(ValueEntry.Energy + "/diesel",
                    (vector.In("dieselT").Exact() * new Fraction(14_571, 10)).ToString(), "kgce"),
                Entry(ValueEntry.OutputValue, vector.In("outputValueWan").GetRawText(), "万元"),
            ],
            basis);
        Read(run, "kwh", vector.Int("electricityKWh"));
        Read(run, "m3", vector.Int("gasM3"));
        Read(run, "gj", vector.Int("heatGJ"));

        var result = run.Compute(KpiCatalogue.EnergyPerOutput, Period.From, Period.To);

        vector.Expects(total, result.Parts[0]);
        vector.Expects(perOutput, result.Value);
        Assert.Equal(policy, result.Policy);
        Assert.True(result.Status == KpiStatus.Ok, string.Join('\n', result.Reasons));
    }

    [Theory]
    [InlineData("outputBeforeWan", "1", "before")]
    [InlineData("outputAfterWan", "1", "afterCurrentPrice")]
    [InlineData("outputAfterWan", "1.20", "afterConstantPrice")]
    public void En_11_a_price_rise_looks_like_a_saving(string output, string index, string expected)
    {
        var vector = KpiVectors.Find("en-11");
        Assert.True(Fraction.TryParse(index, out var prices));
        var run = Plant([], [
            Entry(ValueEntry.Energy, vector.In("tceBoth").GetRawText(), "tce"),
            Entry(ValueEntry.OutputValue, (vector.In(output).Exact() / prices).ToString(), "万元"),
        ]);

        vector.Expects(expected, run.Compute(KpiCatalogue.EnergyPerOutput, Period.From, Period.To).Value);
    }

    [Fact]
    public void En_13_own_sun_is_consumption_and_what_is_given_away_is_not()
    {
        var vector = KpiVectors.Find("en-13");
        var run = Plant(
            [("grid", "electricity", "0.1229", null), ("pv", "electricity", "0.1229", null),
                ("out", "electricity", "0.1229", null)], []);
        Read(run, "grid", vector.Int("gridKWh"));
        Read(run, "pv", vector.Int("pvGeneratedKWh"));
        Read(run, "out", vector.Int("pvExportedKWh"));

        var result = run.Compute(KpiCatalogue.EnergyTotal, Period.From, Period.To);

        vector.Expects("totalTce", result.Value);
        vector.Expects("purchasedTce", result.Parts[^1]);
        KpiVectors.Same(
            vector.GetProperty("expected").GetProperty("consumedKWh"),
            result.Value.Exact * 1000 / new Fraction(1229, 10_000), "consumedKWh");
    }

    [Theory]
    [InlineData("rollover", "rolloverDelta")]
    [InlineData("reset", "resetDelta")]
    public void En_15_a_16_bit_meter_rolls_over_or_restarts(string readings, string expected)
    {
        var vector = KpiVectors.Find("en-15");
        var run = Plant([("kwh", "electricity", "1000", null)], [], modulus: 65_536);
        foreach (var (reading, hour) in vector.In(readings).EnumerateArray().Select((reading, hour) => (reading, hour)))
        {
            run.Add("d.kwh", Some.At(hour), reading.GetDouble());
        }

        var result = run.Compute(KpiCatalogue.EnergyTotal, Some.At(0), Some.At(8));

        vector.Expects(expected, result.Value);
        Assert.Equal(readings == "reset", result.Flags.HasFlag(KpiFlags.CounterReset));
    }

    private static void Read(KpiRun run, string meter, Fraction amount)
    {
        // A meter does not start at zero.
        run.Add($"d.{meter}", Some.At(0), 1_000.5);
        run.Add($"d.{meter}", Some.At(12), (double)(amount / 3).ToDecimal() + 1_000.5);
        run.Add($"d.{meter}", Some.At(24), (double)amount.ToDecimal() + 1_000.5);
    }

    private static KpiRun Plant(
        (string Tag, string Carrier, string Calorific, string? Equivalent)[] meters, ValueEntry[] entries,
        CoalBasis basis = CoalBasis.Calorific, decimal? modulus = null) => new(new()
        {
            Calendar = new(),
            Ledger = [new() { Id = "d", Source = "line" }],
            Tags = [.. meters.Select(meter => Some.Tag("d", meter.Tag, TimeSpan.FromHours(24), ValueKind.Float64) with
            {
                Decimals = 2,
            })],
            Meters = [.. meters.Select(meter => new EnergyMeter
            {
                Id = meter.Tag,
                Tag = $"d.{meter.Tag}",
                Carrier = meter.Carrier,
                Modulus = modulus,
                Flow = meter.Tag == "pv" ? MeterFlow.Generated
                    : meter.Tag == "out" ? MeterFlow.Exported : MeterFlow.Purchased,
                Coefficients = meter.Equivalent is null
                    ? [new(Number(meter.Calorific), null, "")]
                    : [
                        new(Number(meter.Calorific), CoalBasis.Calorific, ""),
                        new(Number(meter.Equivalent), CoalBasis.Equivalent, ""),
                    ],
            })],
            Entries = [.. entries],
            Parameters = new() { CoalBasis = basis },
        });

    private static ValueEntry Entry(string indicator, string value, string unit) => new()
    {
        Indicator = indicator,
        From = UtcTime.From(Period.From),
        To = UtcTime.From(Period.To),
        Value = Number(value),
        Unit = unit,
    };

    private static decimal Number(string text) =>
        Fraction.TryParse(text, out var value) ? value.ToDecimal() : throw new FormatException(text);
}
