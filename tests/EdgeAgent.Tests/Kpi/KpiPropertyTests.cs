using System.Buffers;
using CsCheck;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>What must hold whatever the plant does.</summary>
public sealed class KpiPropertyTests
{
    private static readonly (double From, double To)[] Periods =
        [(6, 12), (8, 16), (6.5, 6.75), (7, 8), (0, 24), (10, 11)];

    [Fact]
    public void A_snapshot_anywhere_and_the_rest_of_the_journal_give_the_figures_of_the_whole_journal() =>
        Gen.Select(Script.Hours(900), Gen.Int[0, 900], Gen.Int[0, 900], Gen.Int[0, 300].Array[900]).Sample(
            (steps, cut, look, delays) =>
        {
            // A third of the records come late, some of them too late, some after the snapshot but before what it
            // holds.
            var inOrder = Script.Records(steps);
            var records = Enumerable.Range(0, 900).OrderBy(i => i + (delays[i] < 200 ? 0 : delays[i]))
                .Select(i => inOrder[i]).ToList();
            var whole = new KpiRun(Script.Plant);
            records.ForEach(record => record(whole));

            var first = new KpiRun(Script.Plant);
            for (var i = 0; i < cut; i++)
            {
                records[i](first);
                if (i == look)
                {
                    Script.Figures(first, Periods);
                }
            }

            var bytes = new ArrayBufferWriter<byte>();
            first.Engine.WriteSnapshot(bytes, cut);
            var second = new KpiRun(Script.Plant, KpiEngine.Restore(Script.Plant, bytes.WrittenSpan, out var position));
            for (var i = (int)position; i < records.Count; i++)
            {
                records[i](second);
            }

            Assert.Equal(Script.Figures(whole, Periods), Script.Figures(second, Periods));
            Assert.Equal(
                (whole.Engine.SampleCount, whole.Engine.LateCount, whole.Engine.LateLostCount),
                (second.Engine.SampleCount, second.Engine.LateCount, second.Engine.LateLostCount));
            Assert.NotEqual(0, whole.Engine.LateCount);
        }, iter: 150);

    [Fact]
    public void A_snapshot_of_a_restored_engine_is_the_same_bytes() =>
        Script.Hours(300).Sample(steps =>
        {
            var run = new KpiRun(Script.Plant);
            Script.Records(steps).ForEach(record => record(run));
            var once = new ArrayBufferWriter<byte>();
            run.Engine.WriteSnapshot(once, 7);
            var twice = new ArrayBufferWriter<byte>();
            KpiEngine.Restore(Script.Plant, once.WrittenSpan, out var position).WriteSnapshot(twice, position);

            Assert.True(once.WrittenSpan.SequenceEqual(twice.WrittenSpan));
        }, iter: 30);

    [Fact]
    public void Late_samples_in_their_place_give_the_figures_of_the_right_order() =>
        Gen.Select(Script.Hours(300), Gen.Int[0, 40].Array[300], Gen.Int[0, 300]).Sample((steps, delays, look) =>
        {
            // Apart from each other, so that order is a matter of time alone; products are not put in order afterwards.
            var apart = steps.Where(step => step.Tag is >= 0 and not 6)
                .Select(step => step with { Advance = step.Advance + 1 }).ToArray();
            var records = Script.Records(apart);
            var straight = new KpiRun(Script.Plant);
            records.ForEach(record => record(straight));

            var late = new KpiRun(Script.Plant);
            var order = Enumerable.Range(0, records.Count)
                .OrderBy(i => i + (delays[i] < 20 ? 0 : delays[i])).ToList();
            for (var i = 0; i < order.Count; i++)
            {
                records[order[i]](late);
                if (i == look)
                {
                    Script.Figures(late, Periods);
                }
            }

            Assert.Equal(0, late.Engine.LateLostCount);
            Assert.Equal(Script.Figures(straight, Periods), Script.Figures(late, Periods));
        }, iter: 150);

    [Fact]
    public void A_period_split_at_any_minute_adds_up_to_the_whole() =>
        // Some five hours, for minutes are held for six.
        Gen.Select(Script.Hours(300), Gen.Int[1, 359], Gen.Int[1, 359]).Sample((steps, a, b) =>
        {
            var run = new KpiRun(Script.Plant);
            Script.Records(steps).ForEach(record => record(run));
            var edges = new[] { 0, Math.Min(a, b), Math.Max(a, b), 360 }.Distinct().ToArray();

            foreach (var kpi in (KpiDefinition[])[KpiCatalogue.DefectRate, KpiCatalogue.EnergyTotal])
            {
                Same(run, kpi, edges, result => result.Value.Numerator);
                Same(run, kpi, edges, result => result.Value.Denominator);
            }

            // A machine takes no part where nothing is planned for it, so what it made there is in no part's figure.
            if (edges.Skip(1).Zip(edges).All(part => IsPlannedForAll(run, part.Second, part.First)))
            {
                Same(run, KpiCatalogue.Oee, edges, result => result.Parts[0].Numerator);
            }

            Same(run, KpiCatalogue.Oee, edges, result => new(result.Coverage.Expected, ""));
            Same(run, KpiCatalogue.Oee, edges, result => new(result.Coverage.Good, ""));
            Same(run, KpiCatalogue.Oee, edges, result => new(result.Coverage.Missing, ""));
        }, iter: 150);

    [Fact]
    public void Oee_does_not_depend_on_the_micro_stop_threshold() =>
        Gen.Select(Script.Hours(300), Gen.Int[0, 3600]).Sample((steps, threshold) =>
        {
            KpiResult Of(int seconds)
            {
                var run = new KpiRun(Script.Plant with
                {
                    Parameters = Script.Plant.Parameters with { MicroStop = TimeSpan.FromSeconds(seconds) },
                });
                Script.Records(steps).ForEach(record => record(run));
                return run.Compute(KpiCatalogue.Oee, Some.At(6), Some.At(12));
            }

            var (without, with) = (Of(0), Of(threshold));
            Assert.Equal(without.Value, with.Value);
            Assert.True(with.Parts[0].Numerator!.Value.Amount >= without.Parts[0].Numerator!.Value.Amount);
        }, iter: 100);

    [Fact]
    public void Planned_time_is_production_setup_delay_down_and_what_nobody_knows() =>
        Script.Hours(300).Sample(steps =>
        {
            var run = new KpiRun(Script.Plant);
            Script.Records(steps).ForEach(record => record(run));
            var coverage = run.Compute(KpiCatalogue.Oee, Some.At(6), Some.At(12)).Coverage;

            Assert.True(coverage is { Good: >= 0, Uncertain: >= 0, Bad: >= 0, Missing: >= 0 }, $"{coverage}");
            Assert.Equal((6 + 6) * 3_600_000_000L - 20 * 60_000_000L, coverage.Expected);
        }, iter: 100);

    [Fact]
    public void A_device_without_data_lowers_the_networking_rate_and_never_raises_it() =>
        Gen.Select(Script.Hours(100), Gen.Int[1, 5]).Sample((steps, silent) =>
        {
            var more = Script.Plant with
            {
                Ledger =
                [
                    .. Script.Plant.Ledger,
                    .. Enumerable.Range(0, silent).Select(i => new LedgerDevice { Id = $"silent{i}", Source = "line" }),
                ],
            };
            var (run, longer) = (new KpiRun(Script.Plant), new KpiRun(more));
            Script.Records(steps).ForEach(record => record(run));
            Script.Records(steps).ForEach(record => record(longer));
            var rate = run.Compute(KpiCatalogue.EquipmentNetworking, Some.At(6), Some.At(8)).Value.Exact;
            var lower = longer.Compute(KpiCatalogue.EquipmentNetworking, Some.At(6), Some.At(8)).Value.Exact;

            Assert.True(rate is null ? lower is null : rate.Value.IsZero ? lower!.Value.IsZero : lower < rate);
        }, iter: 50);

    [Fact]
    public void The_shifts_of_a_day_add_up_to_the_day_whatever_the_grain_it_is_held_in()
    {
        var run = new KpiRun(Some.Machine("1", TimeSpan.FromMinutes(20)));
        var (state, count) = (1, 0L);
        for (var i = 0; i < 20 * 24 * 3; i++)
        {
            var time = Some.Day.AddMinutes(20 * i).AddSeconds(i % 7);
            run.Add("m.state", time, state).Add("m.produced", time, count).Add("m.scrap", time, count / 10);
            state = (state % 4) + 1;
            count += i % 13;
        }

        for (var day = 0; day < 19; day++)
        {
            var edges = new[] { 0, 8, 16, 24 }.Select(hour => (day * 1440) + (hour * 60)).ToArray();
            var whole = Part(run, KpiCatalogue.Oee, edges[0], edges[^1]);
            Assert.True(whole.Status == KpiStatus.Ok, $"{day}: {string.Join('\n', whole.Reasons)}");

            // Ten days back the shifts are gone and say so; the day stays.
            if (day < 8)
            {
                Assert.Equal(KpiStatus.Null, Part(run, KpiCatalogue.Oee, edges[0], edges[1]).Status);
            }
            else if (day > 9)
            {
                var shifts = edges.Skip(1).Zip(edges, (to, from) => Part(run, KpiCatalogue.Oee, from, to)).ToList();
                Assert.Equal(
                    whole.Value.Numerator!.Value.Amount,
                    shifts.Aggregate(Fraction.Zero, (sum, shift) => sum + shift.Value.Numerator!.Value.Amount));
                Assert.All(shifts, shift => Assert.Equal(KpiStatus.Ok, shift.Status));
            }
        }
    }

    private static void Same(KpiRun run, KpiDefinition kpi, int[] edges, Func<KpiResult, Quantity?> quantity)
    {
        var start = 6 * 60;
        var parts = edges.Skip(1).Zip(edges, (to, from) => quantity(Part(run, kpi, start + from, start + to)))
            .Aggregate(Fraction.Zero, (sum, part) => sum + (part?.Amount ?? 0));
        var whole = quantity(Part(run, kpi, start, start + edges[^1]))?.Amount ?? Fraction.Zero;
        Assert.Equal(whole, parts);
    }

    private static bool IsPlannedForAll(KpiRun run, int from, int to) => Script.Plant.WorkUnits.All(unit =>
        run.Engine.Compute(
            KpiCatalogue.Oee, KpiScope.Device(unit.DeviceId),
            KpiPeriod.Span(UtcTime.From(Some.Day.AddMinutes(360 + from)), UtcTime.From(Some.Day.AddMinutes(360 + to))))
        .Coverage.Expected > 0);

    private static KpiResult Part(KpiRun run, KpiDefinition kpi, int fromMinute, int toMinute) =>
        run.Compute(kpi, Some.Day.AddMinutes(fromMinute), Some.Day.AddMinutes(toMinute));
}
