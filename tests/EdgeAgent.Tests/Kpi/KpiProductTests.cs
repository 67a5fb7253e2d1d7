using System.Collections.Immutable;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>Which product an item is, and what it counts in.</summary>
public sealed class KpiProductTests
{
    [Fact]
    public void The_product_in_force_just_before_the_reading_is_the_one_that_was_made()
    {
        var run = Begin(Plant())
            .AddText("m.product", Some.At(0), "slow").Add("m.produced", Some.At(1), 10)
            .AddText("m.product", Some.At(2), "fast").Add("m.produced", Some.At(2), 30)
            .Add("m.produced", Some.At(3), 70);

        // 30 slow ones, the last of them read at the instant of the change, and 40 fast ones.
        Assert.Equal(Oee((30 * 60) + (40 * 6)), run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.Exact);
    }

    [Fact]
    public void The_order_within_a_poll_does_not_matter()
    {
        var run = Begin(Plant())
            .AddText("m.product", Some.At(0), "slow").Add("m.produced", Some.At(2), 30)
            .AddText("m.product", Some.At(2), "fast").Add("m.produced", Some.At(3), 70);

        Assert.Equal(Oee((30 * 60) + (40 * 6)), run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.Exact);
        Assert.False(run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Flags.HasFlag(KpiFlags.LateSamples));
    }

    [Fact]
    public void A_bad_reading_of_the_product_leaves_the_one_told_last()
    {
        var run = Begin(Plant())
            .AddText("m.product", Some.At(0), "slow").AddText("m.product", Some.At(1), null, StatusCode.BadTimeout)
            .Add("m.produced", Some.At(2), 30);

        Assert.Equal(Oee(30 * 60), run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.Exact);
    }

    [Fact]
    public void Items_made_before_anything_told_the_product_have_no_planned_run_time()
    {
        var run = Begin(Plant()).Add("m.produced", Some.At(1), 10).AddText("m.product", Some.At(2), "slow")
            .Add("m.produced", Some.At(3), 30);

        Assert.Equal(
            "no planned run time for an unknown product",
            run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.NullReason);
        Assert.NotNull(run.Compute(KpiCatalogue.Oee, Some.At(2), Some.At(8)).Value.Exact);
    }

    [Fact]
    public void A_product_change_told_after_its_items_were_counted_makes_the_figure_partial()
    {
        var run = Begin(Plant()).AddText("m.product", Some.At(0), "slow").Add("m.produced", Some.At(3), 30)
            .AddText("m.product", Some.At(1), "fast");
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(KpiStatus.Partial, result.Status);
        Assert.True(result.Flags.HasFlag(KpiFlags.LateSamples));
    }

    [Fact]
    public void A_state_may_be_a_text()
    {
        var machine = Some.Machine();
        var run = new KpiRun(machine with
        {
            Tags =
            [
                machine.Tags[0] with { Kind = ValueKind.Text }, .. machine.Tags.Skip(1),
            ],
            StateRules = [new("rule", "1",
                ImmutableDictionary<string, TimeElement>.Empty.Add("RUN", TimeElement.Production))],
        }).AddText("m.state", Some.At(0), "RUN").AddText("m.state", Some.At(6), "run")
            .AddText("m.state", Some.At(7), null);
        var result = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8));

        Assert.Equal(6 * 3_600_000_000L, result.Coverage.Good);
        Assert.Equal(2 * 3_600_000_000L, result.Coverage.Bad);
        Assert.Contains("'m' told states that rule 'rule' does not know: run", result.Reasons);
    }

    [Fact]
    public void A_float_state_counts_where_it_is_whole()
    {
        var machine = Some.Machine();
        var run = new KpiRun(machine with
        {
            Tags = [machine.Tags[0] with { Kind = ValueKind.Float64 }, .. machine.Tags.Skip(1)],
        }).Add("m.state", Some.At(0), 1.0).Add("m.state", Some.At(6), 1.5);

        Assert.Equal(
            6 * 3_600_000_000L, run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Parts[0].Numerator!.Value.Amount);
    }

    [Fact]
    public void Tonnes_count_with_their_decimals()
    {
        var machine = Some.Machine("3600");
        var run = new KpiRun(machine with
        {
            Tags =
            [
                machine.Tags[0],
                machine.Tags[1] with { Kind = ValueKind.Float64, Decimals = 2 },
                machine.Tags[2] with { Kind = ValueKind.Float64, Decimals = 1 },
            ],
        }).Add("m.state", Some.At(0), 1).Add("m.produced", Some.At(0), 100.0).Add("m.scrap", Some.At(0), 0.0)
            .Add("m.produced", Some.At(8), 104.25).Add("m.scrap", Some.At(8), 0.2);

        Assert.Equal(
            new Fraction(405, 8), run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Value.Exact);
        Assert.Equal(
            new Fraction(20, 425) * 100, run.Compute(KpiCatalogue.DefectRate, Some.At(0), Some.At(8)).Value.Exact);
    }

    private static Fraction Oee(int seconds) => new(seconds * 100, 8 * 3600);

    private static KpiRun Begin(KpiModel model) => new KpiRun(model)
        .Add("m.state", Some.At(0), 1).Add("m.produced", Some.At(0), 0).Add("m.scrap", Some.At(0), 0);

    private static KpiModel Plant()
    {
        var machine = Some.Machine();
        return machine with
        {
            Tags = [.. machine.Tags, Some.Tag("m", "product", kind: ValueKind.Text)],
            WorkUnits = [machine.WorkUnits[0] with { ProductId = null, ProductTag = "m.product" }],
            Products = [new("slow", "", Some.Seconds("60")), new("fast", "", Some.Seconds("6"))],
        };
    }
}
