using System.Buffers;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>When figures become final, what late samples do to them, and snapshots.</summary>
public sealed class KpiClosingTests
{
    [Fact]
    public void A_period_becomes_final_once_and_only_after_the_delay()
    {
        var run = Machine(25);
        var delay = run.Engine.ClosingDelay;

        Assert.Empty(run.Engine.Close(UtcTime.From(Some.At(0))));
        var before = run.Engine.Close(UtcTime.From(Some.At(8)) + delay - TimeSpan.FromTicks(1));
        Assert.DoesNotContain(before, period => period.Kind == PeriodKind.Shift);
        var after = run.Engine.Close(UtcTime.From(Some.At(8)) + delay);
        Assert.Equal([PeriodKind.Minute, PeriodKind.Hour, PeriodKind.Shift], after.Select(period => period.Kind));
        Assert.Empty(run.Engine.Close(UtcTime.From(Some.At(8)) + delay));
        Assert.Contains(
            run.Engine.Close(UtcTime.From(Some.At(24)) + delay),
                period => period is { Kind: PeriodKind.Day, Name: "2026-03-02" });
    }

    [Fact]
    public void A_micro_stop_is_judged_before_its_minute_is_final()
    {
        var run = new KpiRun(Some.Machine() with { Parameters = new() { MicroStop = TimeSpan.FromMinutes(5) } });

        Assert.Equal(TimeSpan.FromMinutes(5), run.Engine.ClosingDelay);
    }

    [Fact]
    public void A_late_sample_restates_the_final_periods_it_touches_and_no_other()
    {
        var run = Machine(4 + (5 / 60.0));
        run.Engine.Close(UtcTime.From(Some.At(4, 5)));
        Assert.Empty(run.Engine.TakeRestated());
        var hour = run.Engine.PeriodAt(PeriodKind.Hour, UtcTime.From(Some.At(3)))!;
        var before = run.Engine.Compute(KpiCatalogue.Oee, KpiScope.Plant, hour);

        run.Add("m.state", Some.At(3, 59, 50.5), 4);
        var restated = run.Engine.TakeRestated();
        var after = run.Engine.Compute(KpiCatalogue.Oee, KpiScope.Plant, hour);

        Assert.Contains(hour, restated);
        Assert.DoesNotContain(restated, period => period.To <= UtcTime.From(Some.At(3, 59)));
        Assert.Equal(1, run.Engine.LateCount);
        Assert.Equal(
            before.Parts[0].Numerator!.Value.Amount - 9_500_000, after.Parts[0].Numerator!.Value.Amount);
        Assert.Empty(run.Engine.TakeRestated());
    }

    [Fact]
    public void A_sample_too_late_to_be_used_is_counted_and_makes_its_period_partial()
    {
        var run = Machine(4);
        run.Add("m.state", Some.At(0, 30, 5), 4);
        var hour = run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(1));

        Assert.Equal(1, run.Engine.LateLostCount);
        Assert.True(hour.Flags.HasFlag(KpiFlags.LateSamples));
        Assert.Contains("1 samples of 'm.state' came too late to be used", hour.Reasons);
        Assert.False(run.Compute(KpiCatalogue.Oee, Some.At(2), Some.At(3)).Flags.HasFlag(KpiFlags.LateSamples));
    }

    [Fact]
    public void A_gap_told_afterwards_takes_back_the_time_that_was_held()
    {
        var run = new KpiRun(Some.Machine()).Add("m.state", Some.At(0), 1);
        Assert.Equal(0, run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Coverage.Missing);

        run.Lose("m", Some.At(2), Some.At(5)).Add("m.state", Some.At(5), 1);

        Assert.Equal(
            3 * 3_600_000_000L, run.Compute(KpiCatalogue.Oee, Some.At(0), Some.At(8)).Coverage.Missing);
    }

    [Fact]
    public void A_snapshot_of_another_model_is_refused_with_the_reason()
    {
        var bytes = Snapshot(Machine(1));
        var other = Some.Machine(interval: TimeSpan.FromSeconds(10)) with { Parameters = new() { HoldIntervals = 5 } };

        var error = Assert.Throws<KpiSnapshotException>(() => KpiEngine.Restore(other, bytes, out _));

        Assert.Contains("another configuration", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_entries_do_not_cost_the_snapshot()
    {
        var bytes = Snapshot(Machine(1));
        var entry = new ValueEntry
        {
            Indicator = ValueEntry.OutputValue,
            From = new(0),
            To = new(1),
            Value = 1,
            Unit = "万元",
        };

        KpiEngine.Restore(
            Some.Machine(interval: TimeSpan.FromSeconds(10)) with { Entries = [entry] }, bytes, out var position);

        Assert.Equal(42, position);
    }

    [Fact]
    public void A_snapshot_of_another_version_or_cut_anywhere_is_refused()
    {
        var bytes = Snapshot(Machine(1));
        var model = Some.Machine(interval: TimeSpan.FromSeconds(10));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<KpiSnapshotException>(() => KpiEngine.Restore(model, bytes.AsSpan(0, length), out _));
        }

        Assert.Throws<KpiSnapshotException>(() => KpiEngine.Restore(model, [.. bytes, 0], out _));
        var newer = bytes.ToArray();
        newer[4]++;
        Assert.Contains(
            "version 2", Assert.Throws<KpiSnapshotException>(() => KpiEngine.Restore(model, newer, out _)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Snapshot(KpiRun run)
    {
        var bytes = new ArrayBufferWriter<byte>();
        run.Engine.WriteSnapshot(bytes, 42);
        return bytes.WrittenSpan.ToArray();
    }

    // Running from midnight on, polled every ten seconds.
    private static KpiRun Machine(double hours)
    {
        var run = new KpiRun(Some.Machine(interval: TimeSpan.FromSeconds(10)));
        for (var second = 0; second <= hours * 3600; second += 10)
        {
            run.Add("m.state", Some.At(0, 0, second), 1).Add("m.produced", Some.At(0, 0, second), second / 20)
                .Add("m.scrap", Some.At(0, 0, second), 0);
        }

        return run;
    }
}
