using System.Text.Json;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Formulas;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>The published and constructed examples of OEE and availability; events go through the engine.</summary>
public sealed class OeeVectorTests
{
    [Fact]
    public void Oee_01_a_shift_with_breaks_stops_and_rejects()
    {
        var vector = KpiVectors.Find("oee-01");
        var model = Some.Machine() with
        {
            Calendar = new()
            {
                Shifts = [new("day", new(8, 0), new(16, 0), Shift.EveryDay)],
                PlannedDowntime = [new(UtcTime.From(Some.At(12)), UtcTime.From(Some.At(13)), [], "break")],
            },
            Products = [new("p", "", vector.In("plannedRunTimePerItemMin").Exact() * 60_000_000)],
        };
        var run = new KpiRun(model)
            .Add("m.state", Some.At(8), 1).Add("m.produced", Some.At(8), 0).Add("m.scrap", Some.At(8), 0)
            .Add("m.state", Some.At(10), 4).Add("m.state", Some.At(10).AddMinutes(vector.Int("downtimeMin")), 1)
            .Add("m.state", Some.At(12), 2).Add("m.state", Some.At(13), 1)
            .Add("m.produced", Some.At(16), vector.Int("producedQty"))
                .Add("m.scrap", Some.At(16), vector.Int("rejectQty"));

        Expects(vector, run.Compute(KpiCatalogue.Oee, Some.At(8), Some.At(16)), KpiStatus.Ok);
    }

    [Fact]
    public void Oee_02_intermediate_results_are_not_rounded()
    {
        var vector = KpiVectors.Find("oee-02");
        Expects(vector, Stretch(vector, "plannedBusyTimeMin", "actualProductionTimeMin", "rejectQty"), KpiStatus.Ok);
    }

    [Theory]
    [InlineData("oee-04", KpiStatus.Partial)] // eight planned hours of which the window shows four
    [InlineData("oee-05", KpiStatus.Ok)]
    public void Oee_04_and_05_event_logs_with_planned_time_from_outside(string id, KpiStatus status)
    {
        var vector = KpiVectors.Find(id);
        var window = vector.In("window").EnumerateArray().Select(time => time.GetDateTimeOffset()).ToArray();
        var run = new KpiRun(Some.Machine(vector.In("idealCycleTimeS").GetRawText()));
        foreach (var row in vector.In("events").EnumerateArray())
        {
            var time = window[0].Date.Add(TimeSpan.Parse(row[0].GetString()!, null));
            var at = new DateTimeOffset(time, TimeSpan.Zero);
            run.Add("m.state", at, row[1].GetString() == "running" ? 1 : 4)
                .Add("m.produced", at, row[2].GetInt64()).Add("m.scrap", at, row[3].GetInt64());
        }

        // A window that ends within a minute is asked for minute by minute and measured beyond its end.
        var to = window[1];
        if (to.Second != 0)
        {
            run.Add("m.state", to, 4);
            to = to.AddSeconds(60 - to.Second);
        }

        var result = run.Compute(
            KpiCatalogue.Oee, window[0], to, TimeSpan.FromHours(vector.Int("plannedTimeH")));

        Assert.Equal(
            vector.GetProperty("expected").GetProperty("runTimeS").GetDouble() * 1_000_000,
            (double)result.Parts[0].Numerator!.Value.Amount.Numerator);
        Expects(vector, result, status);
    }

    [Theory]
    [InlineData("oee-06")]
    [InlineData("oee-07")]
    public void Oee_06_and_07_hours_and_their_shift(string id)
    {
        var vector = KpiVectors.Find(id);
        var expected = vector.GetProperty("expected");
        var hours = vector.In("hours").EnumerateArray()
            .Select(row => new OeeTerms("m", row[1].GetInt64(), row[2].GetInt64(), [])).ToList();

        foreach (var (hour, index) in hours.Select((hour, index) => (hour, index)))
        {
            var availability = OeeFormula.Evaluate([hour]).Availability.Exact / 100;
            KpiVectors.Same(expected.GetProperty("perHour")[index], availability, $"hour {index}");
        }

        // The shift is one machine: its hours are added before the ratio is formed.
        var shift = new OeeTerms("m", hours.Sum(hour => hour.PlannedBusy), hours.Sum(hour => hour.Production), []);
        vector.Expects("shift", OeeFormula.Evaluate([shift]).Availability);
    }

    [Fact]
    public void Oee_09_scheduled_downtime_is_no_loss()
    {
        var vector = KpiVectors.Find("oee-09");
        var hour = (Fraction)3_600_000_000;
        var planned = vector.In("totalH").Exact() - vector.In("notRequiredH").Exact();
        var scheduled = vector.In("scheduledDowntimeH").Exact();
        var production = planned - scheduled - vector.In("unscheduledDowntimeH").Exact();

        // Hundred such days, so that the good items are a whole number.
        OeeOutcome Of(Fraction busy)
        {
            var produced = production * vector.Int("actualRate") * 100;
            var good = produced * vector.Int("goodPct") / 100;
            return OeeFormula.Evaluate([new(
                "m", (long)(busy * hour * 100).Numerator, (long)(production * hour * 100).Numerator,
                [new("p", hour / vector.Int("designRate"), produced, good)])]);
        }

        vector.Expects("asPublished_availability", Of(planned).Availability);
        vector.Expects("asPublished_performance", Of(planned).Effectiveness);
        vector.Expects("asPublished_oee", Of(planned).Oee);
        vector.Expects("iso_availability", Of(planned - scheduled).Availability);
        vector.Expects("iso_oee", Of(planned - scheduled).Oee);
    }

    [Fact]
    public void Oee_10_effectiveness_above_100_percent_is_kept_and_flagged()
    {
        var vector = KpiVectors.Find("oee-10");
        var production = vector.In("availability").Exact() * 10_000;
        var produced = production * vector.In("effectiveness").Exact();
        var outcome = OeeFormula.Evaluate([new(
            "m", 10_000, (long)production.Numerator,
            [new("p", 1, produced, produced * vector.In("qualityRatio").Exact())])]);

        vector.Expects("oee", outcome.Oee);
        Assert.Equal(143, outcome.Effectiveness.Rounded);
        Assert.Equal(KpiFlags.EffectivenessAbove100, outcome.Flags);
    }

    [Theory]
    [InlineData("oee-11", "breakMin")]
    [InlineData("oee-12", null)]
    public void Oee_11_and_12_availability(string id, string? breaks)
    {
        var vector = KpiVectors.Find(id);
        var planned = vector.Int("shiftMin") - (breaks is null ? 0 : vector.Int(breaks));

        vector.Expects(
            "availability",
                OeeFormula.Evaluate([new("m", planned, planned - vector.Int("downtimeMin"), [])]).Availability);
    }

    [Fact]
    public void Oee_17_quality_is_weighted_by_planned_run_time()
    {
        var vector = KpiVectors.Find("oee-17");
        var products = vector.In("products").EnumerateArray().ToArray();
        var machine = Some.Machine();
        var model = machine with
        {
            Tags = [.. machine.Tags, Some.Tag("m", "product", kind: ValueKind.Text)],
            WorkUnits = [machine.WorkUnits[0] with { ProductId = null, ProductTag = "m.product" }],
            Products = [.. products.Select((product, index) =>
                new Product($"p{index}", "", product.GetProperty("PRI").Exact() * 60_000_000))],
        };
        var planned = vector.Int("PBT");
        var run = new KpiRun(model)
            .Add("m.state", Some.At(0), 1).Add("m.state", Some.At(0).AddMinutes(vector.Int("APT")), 4)
            .Add("m.produced", Some.At(0), 0).Add("m.scrap", Some.At(0), 0);
        var (produced, scrap) = (0L, 0L);
        for (var i = 0; i < products.Length; i++)
        {
            // The product changes at the very instant of the last reading for the one before.
            run.AddText("m.product", Some.At(i), $"p{i}");
            produced += products[i].GetProperty("PQ").GetInt64();
            scrap += products[i].GetProperty("PQ").GetInt64() - products[i].GetProperty("GQ").GetInt64();
            run.Add("m.produced", Some.At(i + 1), produced).Add("m.scrap", Some.At(i + 1), scrap);
        }

        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(0).AddMinutes(planned));

        vector.Expects("availability", result.Parts[0]);
        vector.Expects("effectiveness", result.Parts[1]);
        vector.Expects("qualityRatioTimeWeighted", result.Parts[2]);
        vector.Expects("oee", result.Value);
    }

    [Fact]
    public void Oee_18_machines_are_summed_and_ratios_never_averaged()
    {
        var vector = KpiVectors.Find("oee-18");
        var machines = vector.In("machines").EnumerateArray().ToArray();
        var model = Some.Machines(["m0", "m1"]) with
        {
            Calendar = Some.RoundTheClock with
            {
                PlannedDowntime = [new(UtcTime.From(Some.At(4)), UtcTime.From(Some.At(8)), ["m1"])],
            },
            Products = [.. machines.Select((machine, index) =>
                new Product($"p{index}", "", machine.GetProperty("PRI").Exact() * 60_000_000))],
        };
        model = model with
        {
            WorkUnits = [.. model.WorkUnits.Select((unit, index) => unit with { ProductId = $"p{index}" })],
        };
        var run = new KpiRun(model);
        for (var i = 0; i < machines.Length; i++)
        {
            run.Add($"m{i}.state", Some.At(0), 1).Add($"m{i}.produced", Some.At(0), 0).Add($"m{i}.scrap", Some.At(0), 0)
                .Add($"m{i}.produced", Some.At(3), machines[i].GetProperty("GQ").GetInt64());
        }

        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal((480 + 240) * 60_000_000L, result.Value.Denominator!.Value.Amount.Numerator);
        vector.Expects("oee", result.Value);
    }

    [Fact]
    public void Oee_19_the_micro_stop_threshold_moves_loss_and_never_oee()
    {
        var vector = KpiVectors.Find("oee-19");
        var stops = Micro(vector, TimeSpan.Zero);
        var speed = Micro(vector, TimeSpan.FromMinutes(5));

        vector.Expects("A_availability", stops.Parts[0]);
        vector.Expects("A_effectiveness", stops.Parts[1]);
        vector.Expects("oeeBoth", stops.Value);
        vector.Expects("B_availability", speed.Parts[0]);
        vector.Expects("B_effectiveness", speed.Parts[1]);
        vector.Expects("oeeBoth", speed.Value);
    }

    [Fact]
    public void Oee_20_null_is_not_zero()
    {
        var cases = KpiVectors.Find("oee-20").In("cases").EnumerateArray().Select(Case).ToArray();

        Assert.All(
            (KpiValue[])[cases[0].Oee, cases[0].Availability, cases[0].Effectiveness, cases[0].Quality],
            value => Assert.Equal("no planned time", value.NullReason));
        Assert.Equal((0m, null, null, 0m), Rounded(cases[1]));
        Assert.Equal((new Fraction(250, 3).ToDecimal(), 0m, null, 0m), Rounded(cases[2]));
        Assert.Equal((new Fraction(250, 3).ToDecimal(), null, 100m, null), Rounded(cases[3]));
        Assert.Equal(KpiFlags.PlannedRunTimeMissing, cases[3].Flags);
        Assert.Equal(["p"], cases[3].ProductsWithoutRunTime);
        Assert.Equal(new Fraction(50_000, 480), cases[4].Availability.Exact);
        Assert.Equal(KpiFlags.ProductionAbovePlan, cases[4].Flags);
    }

    private static OeeOutcome Case(JsonElement row)
    {
        var produced = row.GetProperty("PQ").GetInt64();
        var runTime = row.TryGetProperty("PRI", out var pri) && pri.ValueKind != JsonValueKind.Null
            ? pri.Exact() : (Fraction?)null;
        return OeeFormula.Evaluate([new(
            "m", row.GetProperty("PBT").GetInt64(), row.GetProperty("APT").GetInt64(),
            [new("p", produced == 0 ? 1 : runTime, produced,
                row.TryGetProperty("GQ", out var good) ? good.GetInt64() : 0)])]);
    }

    private static (decimal? Availability, decimal? Effectiveness, decimal? Quality, decimal? Oee) Rounded(
        OeeOutcome outcome) =>
        (outcome.Availability.Rounded, outcome.Effectiveness.Rounded, outcome.Quality.Rounded, outcome.Oee.Rounded);

    private static KpiResult Micro(JsonElement vector, TimeSpan threshold)
    {
        var model = Some.Machine() with
        {
            Parameters = new() { MicroStop = threshold },
            Products = [new("p", "", vector.In("PRI").Exact() * 60_000_000)],
        };
        var run = new KpiRun(model)
            .Add("m.state", Some.At(0), 1).Add("m.produced", Some.At(0), 0).Add("m.scrap", Some.At(0), 0);

        // Micro-stops of three minutes each, half of them delay that turns into down; then one real stop.
        for (var i = 0; i < vector.Int("microStopTotal") / 3; i++)
        {
            run.Add("m.state", Some.At(1, 10 * i), i % 2 == 0 ? 3 : 4).Add("m.state", Some.At(1, (10 * i) + 1), 4)
                .Add("m.state", Some.At(1, (10 * i) + 3), 1);
        }

        run.Add("m.state", Some.At(4), 4)
            .Add("m.state", Some.At(4).AddMinutes(vector.Int("stopTotal")), 1)
            .Add("m.produced", Some.At(7), vector.Int("PQ"))
                .Add("m.scrap", Some.At(7), vector.Int("PQ") - vector.Int("GQ"));
        return run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(0).AddMinutes(vector.Int("PBT")));
    }

    // Production for the first part of the planned time, down for the rest.
    private static KpiResult Stretch(JsonElement vector, string planned, string production, string rejects)
    {
        var model = Some.Machine() with
        {
            Products = [new("p", "", vector.In("plannedRunTimePerItemMin").Exact() * 60_000_000)],
        };
        return new KpiRun(model)
            .Add("m.state", Some.At(0), 1).Add("m.produced", Some.At(0), 0).Add("m.scrap", Some.At(0), 0)
            .Add("m.state", Some.At(0).AddMinutes(vector.Int(production)), 4)
            .Add("m.produced", Some.At(5), vector.Int("producedQty")).Add("m.scrap", Some.At(5), vector.Int(rejects))
            .Compute(KpiCatalogue.Oee, Some.At(0), Some.At(0).AddMinutes(vector.Int(planned)));
    }

    private static void Expects(JsonElement vector, KpiResult result, KpiStatus status)
    {
        vector.Expects("availability", result.Parts[0]);
        vector.Expects("effectiveness", result.Parts[1]);
        vector.Expects("qualityRatio", result.Parts[2]);
        vector.Expects("oee", result.Value);
        Assert.True(status == result.Status, string.Join('\n', result.Reasons));
    }
}
