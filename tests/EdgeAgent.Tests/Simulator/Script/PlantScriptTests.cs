using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Script;

public sealed class PlantScriptTests
{
    private static readonly ulong[] Seeds = [1, 2, 3, 42, 0xFFFF_FFFF_FFFF_FFFF];

    public static TheoryData<ulong, int, int> Windows => new()
    {
        { 1, 1, 9 }, { 1, 0, 10 }, { 2, 1, 9 }, { 3, 5, 20 }, { 4, 140, 200 }, { 5, 7, 67 }, { 6, 1430, 1450 },
        { 7, 100, 101 }, { 42, 721, 779 },
    };

    [Fact]
    public void The_same_seed_writes_the_same_plant_and_another_seed_another()
    {
        Assert.Equal(Shown(new(7), 12_345_678_901), Shown(new(7), 12_345_678_901));
        Assert.NotEqual(Shown(new(7), 12_345_678_901), Shown(new(8), 12_345_678_901));
    }

    [Fact]
    public void The_first_ten_minutes_of_seed_one_stay_what_they_are()
    {
        var truth = new PlantScript(1).TruthOf(1, 9);

        Assert.Equal("1157/1620", $"{truth.Kpis.Oee}");
        Assert.Equal("457/540", $"{truth.Kpis.Availability}");
        Assert.Equal("4801/5484", $"{truth.Kpis.Effectiveness}");
        Assert.Equal("4628/4801", $"{truth.Kpis.QualityRatio}");
        Assert.Equal("4/131", $"{truth.Kpis.DefectRate}");
        Assert.Equal("316584229/1284000000", $"{truth.EnergyPerOutputValue}");
        Assert.Equal("321/250", $"{truth.OutputValue}");
        Assert.Equal(["5151/100", "511/2", "3/8"], truth.Energy.Select(carrier => $"{carrier.Quantity}"));
    }

    [Fact]
    public void Nothing_changes_near_a_whole_minute()
    {
        const long Margin = 2_400_000;
        foreach (var seed in Seeds)
        {
            var script = new PlantScript(seed);
            for (var minute = 1L; minute <= 25 * 60; minute++)
            {
                var edge = minute * PlantTime.Minute;
                Assert.Equal(Shown(script, edge - Margin), Shown(script, edge + Margin));
            }
        }
    }

    [Fact]
    public void States_change_on_whole_seconds_and_last_ten_of_them()
    {
        foreach (var machine in Seeds.SelectMany(seed => new PlantScript(seed).Machines))
        {
            var last = (Second: 0, machine.Segments[0].State);
            foreach (var segment in machine.Segments[1..])
            {
                Assert.InRange(segment.FromSecond % 60, 3, 57);
                if (segment.State != last.State)
                {
                    Assert.InRange(segment.FromSecond - last.Second, 10, int.MaxValue);
                    last = (segment.FromSecond, segment.State);
                }
            }
        }
    }

    [Fact]
    public void Every_machine_stops_within_any_ten_minutes()
    {
        foreach (var machine in Seeds.SelectMany(seed => new PlantScript(seed).Machines))
        {
            for (var minute = 0L; minute < 24 * 60; minute++)
            {
                var truth = machine.TruthOf(minute * PlantTime.Minute, (minute + 10) * PlantTime.Minute);
                Assert.True(truth.ProductionTime < 10 * PlantTime.Minute, $"{machine.Id} at {minute}");
            }
        }
    }

    [Fact]
    public void A_day_has_every_state_and_defects_and_changes_of_product()
    {
        foreach (var script in Seeds.Select(seed => new PlantScript(seed)))
        {
            var truth = script.TruthOf(0, 24 * 60);
            Assert.All(truth.Machines, machine =>
            {
                Assert.All(
                    [machine.ProductionTime, machine.SetupTime, machine.DelayTime, machine.DownTime],
                    time => Assert.True(time > 10 * PlantTime.Minute));
                Assert.True(machine.Counts.Scrap > 0);
                Assert.Equal(machine.CountsRework, machine.Counts.Rework > 0);
                Assert.Equal(
                    script.Machines.Single(script => script.Id == machine.Machine).Definition.Cycles.Count,
                    machine.Products.Count);
            });
            Assert.InRange(truth.Kpis.Oee!.Value.ToDouble(), 0.60, 0.85);
            Assert.InRange(truth.Kpis.DefectRate!.Value.ToDouble(), 0.01, 0.05);
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void The_truth_is_what_a_count_of_every_second_finds(ulong seed, int fromMinute, int toMinute)
    {
        var script = new PlantScript(seed);
        var truth = script.TruthOf(fromMinute, toMinute);
        for (var i = 0; i < script.Machines.Count; i++)
        {
            var machine = script.Machines[i];
            var seconds = new long[5];
            for (var second = fromMinute * 60L; second < toMinute * 60L; second++)
            {
                var middle = (second * PlantTime.Second) + (PlantTime.Second / 2);
                if (machine.Definition.PlannedDowntime is not { } planned || !IsWithin(planned, middle))
                {
                    seconds[(int)machine.At(middle).State] += PlantTime.Second;
                }
            }

            Assert.Equal(truth.Machines[i].PlannedBusyTime, seconds.Sum());
            Assert.Equal(truth.Machines[i].ProductionTime, seconds[(int)MachineState.Production]);
            Assert.Equal(truth.Machines[i].SetupTime, seconds[(int)MachineState.Setup]);
            Assert.Equal(truth.Machines[i].DelayTime, seconds[(int)MachineState.Delay]);
            Assert.Equal(
                truth.Machines[i].DownTime,
                seconds[(int)MachineState.Down] + seconds[(int)MachineState.Maintenance]);
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_reader_who_polls_every_second_and_is_up_to_two_seconds_late_counts_the_same(
        ulong seed, int fromMinute, int toMinute)
    {
        var script = new PlantScript(seed);
        var truth = script.TruthOf(fromMinute, toMinute);
        foreach (var late in new[] { -2_000_000L, -700_000, 0, 1, 1_300_000, 2_000_000 })
        {
            var reader = new PollingReader(script, late);
            for (var i = 0; i < script.Machines.Count; i++)
            {
                var seen = reader.Count(script.Machines[i], fromMinute, toMinute);
                Assert.Equal(
                    truth.Machines[i].Products.Select(product => (product.Product.Code, product.Counts)),
                    seen.Select(product => (product.Key, product.Value)));
            }

            foreach (var carrier in truth.Energy)
            {
                Assert.Equal(carrier.Quantity, reader.Measure(carrier.Carrier, fromMinute, toMinute));
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 9)]
    [InlineData(2, 1, 9)]
    [InlineData(3, 0, 10)]
    [InlineData(4, 4, 51)]
    [InlineData(5, 5, 60)]
    public void At_quiet_edges_a_constant_delay_cancels_in_durations(ulong seed, int fromMinute, int toMinute)
    {
        var script = new PlantScript(seed);
        var truth = script.TruthOf(fromMinute, toMinute);
        foreach (var late in new[] { 0L, 700_000, 2_000_000 })
        {
            var reader = new PollingReader(script, late);
            for (var i = 0; i < script.Machines.Count; i++)
            {
                var seen = reader.Durations(script.Machines[i], fromMinute, toMinute);
                Assert.Equal(truth.Machines[i].ProductionTime, seen[(int)MachineState.Production]);
                Assert.Equal(truth.Machines[i].SetupTime, seen[(int)MachineState.Setup]);
                Assert.Equal(truth.Machines[i].DelayTime, seen[(int)MachineState.Delay]);
                Assert.Equal(truth.Machines[i].DownTime, seen[(int)MachineState.Down]);
            }
        }
    }

    [Fact]
    public void Truths_of_neighbouring_windows_add_up()
    {
        var script = new PlantScript(9);
        var whole = script.TruthOf(130, 200);
        var parts = Enumerable.Range(130, 70).Select(minute => script.TruthOf(minute, minute + 1)).ToArray();
        for (var i = 0; i < script.Machines.Count; i++)
        {
            Assert.Equal(whole.Machines[i].PlannedBusyTime, parts.Sum(part => part.Machines[i].PlannedBusyTime));
            Assert.Equal(whole.Machines[i].ProductionTime, parts.Sum(part => part.Machines[i].ProductionTime));
            Assert.Equal(whole.Machines[i].Counts.Scrap, parts.Sum(part => part.Machines[i].Counts.Scrap));
            Assert.Equal(
                whole.Machines[i].PlannedRunTimeGood,
                parts.Aggregate(Fraction.Zero, (sum, part) => sum + part.Machines[i].PlannedRunTimeGood));
        }

        Assert.Equal(whole.OutputValue, parts.Aggregate(Fraction.Zero, (sum, part) => sum + part.OutputValue));
        Assert.Equal(
            whole.OutputValue,
            Enumerable.Range(130, 70).Aggregate(
                Fraction.Zero, (sum, minute) => sum + Fraction.From(script.OutputValue(minute))));
        Assert.All(Enumerable.Range(0, 3), carrier => Assert.Equal(
            whole.Energy[carrier].Quantity,
            parts.Aggregate(Fraction.Zero, (sum, part) => sum + part.Energy[carrier].Quantity)));
    }

    [Fact]
    public void Planned_maintenance_is_no_busy_time_and_nothing_is_made_in_it()
    {
        var script = new PlantScript(1);
        var planned = Assert.Single(PlantScript.PlannedDowntimes);
        var truth = script.TruthOf(planned.From / PlantTime.Minute, planned.To / PlantTime.Minute)
            .Machines.Single(machine => machine.Machine == planned.Machine);
        Assert.Equal(0, truth.PlannedBusyTime);
        Assert.Equal(0, truth.ProductionTime + truth.SetupTime + truth.DelayTime + truth.DownTime);
        Assert.Equal(0, truth.Counts.Produced);

        var around = script.TruthOf((planned.From / PlantTime.Minute) - 1, (planned.To / PlantTime.Minute) + 1)
            .Machines.Single(machine => machine.Machine == planned.Machine);
        Assert.Equal(2 * PlantTime.Minute, around.PlannedBusyTime);
        Assert.Equal(10 * PlantTime.Second, around.DownTime); // The lead into it and out of it.
    }

    [Fact]
    public void Counters_and_meters_go_on_counting_from_one_day_to_the_next()
    {
        var script = new PlantScript(3);
        foreach (var machine in script.Machines)
        {
            var first = machine.At(PlantTime.Day).Counts;
            Assert.Equal(first + first, machine.At(2 * PlantTime.Day).Counts);
            Assert.Equal(machine.TruthOf(0, PlantTime.Day).Counts, first);
        }

        Assert.All(script.Meters, meter => Assert.True(
            meter.Measured(0, PlantTime.Day) < meter.Measured(0, 2 * PlantTime.Day)));
    }

    [Fact]
    public void The_ledger_gives_three_networking_rates()
    {
        var truth = new PlantScript(1).TruthOf(1, 9);
        Assert.Equal(new Fraction(9, 13), truth.AllEquipment.Rate);
        Assert.Equal(new Fraction(9, 11), truth.DigitalEquipment.Rate);
        Assert.Equal(new Fraction(6, 7), truth.KeyEquipment.Rate);
    }

    [Fact]
    public void What_stands_behind_a_meter_never_exceeds_it()
    {
        var script = new PlantScript(5);
        var supply = script.Meters.Single(meter => meter.Id == "em0");
        var behind = script.Meters.Where(meter => meter.Definition.Parent == "em0");
        for (var minute = 0; minute < 600; minute += 10)
        {
            var (from, to) = (minute * PlantTime.Minute, (minute + 10) * PlantTime.Minute);
            var sum = behind.Aggregate(Fraction.Zero, (sum, meter) => sum + meter.Quantity(from, to));
            Assert.True(sum < supply.Quantity(from, to));
        }
    }

    private static string Shown(PlantScript script, long time) => string.Join(
        ';',
        script.Machines.Select(machine => machine.At(time))
            .Select(moment => $"{moment.StateCode} {moment.ProductCode} {moment.Counts}")
            .Concat(script.Meters.Select(meter => $"{meter.RegisterAt(time)}")));

    private static bool IsWithin(PlannedDowntime planned, long time) =>
        time % PlantTime.Day >= planned.From && time % PlantTime.Day < planned.To;
}
