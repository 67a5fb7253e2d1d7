using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>What the engine makes of time, states and silence.</summary>
public sealed class KpiEngineTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_state_carries_in_from_before_the_period()
    {
        var run = new KpiRun(Some.Machine()).Add("m.state", Some.At(1), 1).Add("m.state", Some.At(3), 4);

        Assert.Equal(Hours(1), run.Compute(KpiCatalogue.Oee, Some.At(2), Some.At(4)).Parts[0].Numerator!.Value.Amount);
    }

    [Fact]
    public void After_a_bad_sample_the_state_is_unknown_until_the_next_usable_one()
    {
        var run = Counted(new KpiRun(Some.Machine()))
            .Add("m.state", Some.At(0), 1).Add("m.state", Some.At(2), 1, StatusCode.BadTimeout)
            .Add("m.state", Some.At(3), 1, StatusCode.Uncertain).Add("m.state", Some.At(4), 1);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(new Coverage(Hours(8), Hours(6), Hours(1), Hours(1)), result.Coverage);
        Assert.Equal(Hours(7), result.Parts[0].Numerator!.Value.Amount);
        Assert.Equal(Hours(8), result.Parts[0].Denominator!.Value.Amount);
        Assert.Equal(KpiStatus.Partial, result.Status);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("line")]
    [InlineData(Gap.Everything)]
    public void A_gap_is_neither_running_nor_stopped_and_keeps_the_plan(string scope)
    {
        var run = Counted(new KpiRun(Some.Machine())).Add("m.state", Some.At(0), 1)
            .Lose(scope, Some.At(2), Some.At(3)).Add("m.state", Some.At(4), 1);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(Hours(2), result.Coverage.Missing);
        Assert.Equal(Hours(6), result.Parts[0].Numerator!.Value.Amount);
        Assert.Equal(Hours(8), result.Parts[0].Denominator!.Value.Amount);
        Assert.Contains("75 % of the time is known, less than the floor of 80 %", result.Reasons);
        Assert.True(result.Flags.HasFlag(KpiFlags.CoverageBelowFloor));
    }

    [Fact]
    public void A_gap_of_another_source_changes_nothing()
    {
        var run = Counted(new KpiRun(Some.Machine())).Add("m.state", Some.At(0), 1)
            .Lose("other", Some.At(2), Some.At(3));

        Assert.Equal(0, run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Coverage.Missing);
    }

    [Fact]
    public void Silence_without_a_gap_record_is_missing_after_the_hold_time()
    {
        var run = new KpiRun(Some.Machine(interval: Poll))
            .Add("m.state", Some.At(0), 1).Add("m.state", Some.At(0, 1), 1);

        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(0, 2));

        // Twice three intervals of ten seconds.
        Assert.Equal(60_000_000, result.Coverage.Good);
        Assert.Equal(60_000_000, result.Coverage.Missing);
    }

    [Fact]
    public void A_state_in_no_row_of_the_mapping_is_unknown_and_listed()
    {
        var run = Counted(new KpiRun(Some.Machine())).Add("m.state", Some.At(0), 1).Add("m.state", Some.At(6), 17);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(Hours(2), result.Coverage.Bad);
        Assert.True(result.Flags.HasFlag(KpiFlags.UnmappedState));
        Assert.Contains("'m' told states that rule 'rule' does not know: 17", result.Reasons);
    }

    [Fact]
    public void Production_outside_the_plan_is_kept_and_flagged()
    {
        var machine = Some.Machine();
        var run = Counted(new KpiRun(machine with
        {
            Calendar = new() { Shifts = [new("day", new(1, 0), new(3, 0), Shift.EveryDay)] },
        })).Add("m.state", Some.At(0), 1);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(400, result.Parts[0].Rounded);
        Assert.Equal(
            KpiFlags.ProductionOutsidePlan | KpiFlags.ProductionAbovePlan,
                result.Flags & ~KpiFlags.EffectivenessAbove100);
        Assert.Contains("360 min of production lie outside the plan", result.Reasons);
    }

    [Fact]
    public void A_machine_without_planned_time_takes_no_part_but_its_items_count()
    {
        var run = new KpiRun(Some.Machines(["a", "b"]) with
        {
            Calendar = Some.RoundTheClock with
            {
                PlannedDowntime = [new(UtcTime.From(Some.At(0)), UtcTime.From(Some.At(8)), ["b"])],
            },
        });
        foreach (var machine in (string[])["a", "b"])
        {
            run.Add($"{machine}.state", Some.At(0), 1).Add($"{machine}.produced", Some.At(0), 0)
                .Add($"{machine}.scrap", Some.At(0), 0).Add($"{machine}.produced", Some.At(8), 480);
        }

        Assert.Equal(50, run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.Rounded);
        Assert.Equal(
            960, run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(8)).Value.Denominator!.Value.Amount);
    }

    [Fact]
    public void A_machine_without_data_is_left_out_listed_and_makes_the_figure_partial()
    {
        var run = Counted(new KpiRun(Some.Machines(["m", "silent"]))).Add("m.state", Some.At(0), 1);
        foreach (var kpi in (KpiDefinition[])[KpiCatalogue.Oee, KpiCatalogue.DefectRate])
        {
            var result = run.Compute(kpi, Some.At(0), Some.At(8));

            Assert.Equal(KpiStatus.Partial, result.Status);
            Assert.Contains("'silent' has no data and is left out", result.Reasons);
        }
    }

    [Fact]
    public void Nothing_at_all_is_null_and_not_zero()
    {
        var run = new KpiRun(Script.Plant);

        Assert.All(KpiCatalogue.All, kpi =>
        {
            var result = run.Compute(kpi, Some.At(6), Some.At(12));
            Assert.Null(result.Value.Exact);
            Assert.Equal(KpiStatus.Null, result.Status);
            Assert.False(string.IsNullOrEmpty(result.Value.NullReason));
        });
    }

    [Fact]
    public void A_counter_that_is_unknown_at_an_edge_makes_the_count_partial()
    {
        var run = new KpiRun(Some.Machine(interval: Poll));
        for (var second = 0; second <= 600; second += 10)
        {
            // Silent from 4:00 to 6:00.
            if (second is <= 240 or >= 360)
            {
                run.Add("m.produced", Some.At(0, 0, second), second).Add("m.scrap", Some.At(0, 0, second), 0);
            }
        }

        // The reading at 6:00 bridges the hole; only an edge inside it is in doubt.
        var bridged = run.Compute(KpiCatalogue.DefectRate, Some.At(0, 1), Some.At(0, 9));
        Assert.True(bridged.Status == KpiStatus.Ok, string.Join('\n', bridged.Reasons));
        Assert.Equal(480, bridged.Value.Denominator!.Value.Amount);
        var cut = run.Compute(KpiCatalogue.DefectRate, Some.At(0, 5), Some.At(0, 9));
        Assert.Equal(KpiStatus.Partial, cut.Status);
        Assert.Contains("'m.produced' was not known when the period began", cut.Reasons);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(14)]
    public void An_edge_at_which_a_counter_was_unknown_stays_so_when_its_minutes_are_folded_into_hours(int hours)
    {
        var run = new KpiRun(Some.Machine(interval: Poll));
        for (var second = 0; second <= hours * 3600; second += 10)
        {
            // Silent to 1:10 from where the hold time of the last reading ends, which is exactly 0:50.
            if (second is <= 2970 or >= 4200)
            {
                run.Add("m.produced", Some.At(0, 0, second), second).Add("m.scrap", Some.At(0, 0, second), 0);
            }
        }

        Assert.Contains(
            "'m.produced' was not known when the period ended",
            run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(1)).Reasons);
        Assert.Contains(
            "'m.produced' was not known when the period began",
            run.Compute(KpiCatalogue.DefectRate, Some.At(1), Some.At(2)).Reasons);
        var both = run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(2));
        Assert.True(both.Status == KpiStatus.Ok, string.Join('\n', both.Reasons));
    }

    [Fact]
    public void An_increment_belongs_to_the_reading_that_shows_it_and_an_edge_to_the_period_it_ends()
    {
        var run = new KpiRun(Some.Machine()).Add("m.scrap", Some.At(0), 0).Add("m.produced", Some.At(0), 0)
            .Add("m.produced", Some.At(1), 5)
                .Add("m.produced", UtcTime.From(Some.At(1)) + TimeSpan.FromMicroseconds(1), 7, default);

        Assert.Equal(5, run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(1)).Value.Denominator!.Value.Amount);
        Assert.Equal(2, run.Compute(KpiCatalogue.DefectRate, Some.At(1), Some.At(2)).Value.Denominator!.Value.Amount);
    }

    [Fact]
    public void Of_two_samples_at_one_instant_the_later_in_the_journal_is_later()
    {
        var run = Counted(new KpiRun(Some.Machine()))
            .Add("m.state", Some.At(0), 4).Add("m.state", Some.At(2), 4).Add("m.state", Some.At(2), 1);

        Assert.Equal(Hours(6), run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Parts[0].Numerator!.Value.Amount);
    }

    [Fact]
    public void Without_a_planned_run_time_oee_is_null_and_names_the_product()
    {
        var run = Counted(new KpiRun(Some.Machine() with { Products = [] })).Add("m.state", Some.At(0), 1);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal("no planned run time for product 'p'", result.Value.NullReason);
        Assert.Equal(100, result.Parts[0].Rounded);
        Assert.Null(result.Parts[1].Exact);
        Assert.Equal(90, result.Parts[2].Rounded);
        Assert.True(result.Flags.HasFlag(KpiFlags.PlannedRunTimeMissing));
    }

    [Fact]
    public void A_source_clock_that_cannot_be_right_makes_a_bad_sample_at_gateway_time()
    {
        var model = Some.Machine();
        var table = new TagTable(model.Tags);
        var engine = new KpiEngine(model);
        var batch = new SampleBatchPool(8, 1).Rent(table);
        var at = UtcTime.From(Some.At(1));
        batch.Add(0, at + TimeSpan.FromHours(2), UtcTime.None, at, StatusCode.Good, 1);
        batch.Add(0, new UtcTime(-5), UtcTime.None, at, StatusCode.Good, 1);
        batch.Add(0, UtcTime.FromMicroseconds(1), UtcTime.None, new UtcTime(long.MaxValue), StatusCode.Good, 1);
        engine.Process(batch);

        Assert.Equal(3, engine.UnbelievableCount);
        var result = engine.Compute(
            KpiCatalogue.Oee, KpiScope.Plant, KpiPeriod.Span(at, UtcTime.From(Some.At(2))));
        Assert.Equal(Hours(1), result.Coverage.Bad);
    }

    [Fact]
    public void A_device_outside_the_ledger_is_an_exception_and_never_raises_a_rate()
    {
        var model = Some.Machine();
        var engine = new KpiEngine(model);
        var table = new TagTable([.. model.Tags, Some.Tag("stranger", "run")]);
        var batch = new SampleBatchPool(8, 1).Rent(table);
        batch.Add(3, UtcTime.None, UtcTime.None, UtcTime.From(Some.At(1)), StatusCode.Good, 1);
        batch.Add(0, UtcTime.None, UtcTime.None, UtcTime.From(Some.At(1)), StatusCode.Good, 1);
        engine.Process(batch);

        var result = engine.Compute(
            KpiCatalogue.EquipmentNetworking, KpiScope.Plant,
            KpiPeriod.Span(UtcTime.From(Some.At(0)), UtcTime.From(Some.At(2))));
        Assert.Equal(100, result.Value.Rounded);
        Assert.Equal(1, result.Value.Denominator!.Value.Amount);
        Assert.True(result.Flags.HasFlag(KpiFlags.NotInLedger));
        Assert.Contains("connected, but not in the ledger and not counted: stranger", result.Reasons);
    }

    [Fact]
    public void A_new_tag_table_is_bound_by_tag_id()
    {
        var model = Some.Machine();
        var engine = new KpiEngine(model);
        var pool = new SampleBatchPool(8, 2);
        foreach (var tags in (Tag[][])[[.. model.Tags], [.. model.Tags.Reverse()]])
        {
            var table = new TagTable(tags);
            var batch = pool.Rent(table);
            batch.Add(
                table.IndexOf("m.state"), UtcTime.None, UtcTime.None,
                UtcTime.From(Some.At(tags[0].Id == "m.state" ? 1 : 2)), StatusCode.Good, 1);
            engine.Process(batch);
            batch.Release();
        }

        var result = engine.Compute(
            KpiCatalogue.Oee, KpiScope.Plant, KpiPeriod.Span(UtcTime.From(Some.At(0)), UtcTime.From(Some.At(3))));
        Assert.Equal(Hours(2), result.Coverage.Good);
        Assert.Equal(0, engine.LateCount + engine.UnboundCount);
    }

    private static KpiRun Counted(KpiRun run) => run
        .Add("m.produced", Some.At(0), 0).Add("m.scrap", Some.At(0), 0)
        .Add("m.produced", Some.At(8), 100).Add("m.scrap", Some.At(8), 10);

    private static long Hours(int count) => count * 3_600_000_000L;
}
