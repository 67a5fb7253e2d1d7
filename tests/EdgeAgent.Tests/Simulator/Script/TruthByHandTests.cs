using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Script;

/// <summary>Truths that were worked out with pencil and paper.</summary>
public sealed class TruthByHandTests
{
    private static readonly Product Brick = new(1, "砖", new(19, 2), 25);
    private static readonly Product Tile = new(2, "瓦", 11, 30);

    private static readonly IReadOnlyDictionary<MachineState, int> Rates =
        new Dictionary<MachineState, int> { [MachineState.Production] = 10, [MachineState.Delay] = 4 };

    // A brick every 10 s at 4.5 s, a tile every 12 s at 6.5 s; no scrap.
    private static readonly MachineDefinition Press = new()
    {
        Id = "press",
        Kind = MachineKind.Press,
        Cycles = [new(Brick, 10, 4_500_000), new(Tile, 12, 6_500_000)],
        CounterBits = 16,
        FirstCounts = default,
        ScrapPerMille = 0,
        SetupPerMille = 0,
        DownPerMille = 0,
        Codes = Enum.GetValues<MachineState>()
            .ToDictionary(state => state, state => (IReadOnlyList<ushort>)[(ushort)state]),
        Electricity = Rates,
        Water = new Dictionary<MachineState, int>(),
    };

    //  0        63      93                  156        166        183                       24 h
    //  | bricks | delay | bricks            | setup    | setup    | tiles                    |
    private static readonly Segment[] Day =
    [
        new(0, MachineState.Production, 0, 0),
        new(63, MachineState.Delay, 0, 0),
        new(93, MachineState.Production, 0, 0),
        new(156, MachineState.Setup, 0, 0),
        new(166, MachineState.Setup, 0, 1),
        new(183, MachineState.Production, 0, 1),
    ];

    private readonly MachineScript _machine = new(Press, Day, Draw.For(1, 1));

    [Fact]
    public void Items_are_finished_on_the_grid_after_a_full_cycle()
    {
        // 4.5, 14.5 ... 54.5; the one of 64.5 is never finished.
        Assert.Equal(6, _machine.At(62_999_999).Counts.Produced);

        // Production restarts at 93: the point at 94.5 is too early, 104.5 is the first.
        Assert.Equal(6, _machine.At(104_499_999).Counts.Produced);
        Assert.Equal(7, _machine.At(104_500_000).Counts.Produced);

        // 104.5 ... 154.5 are six; tiles start at 183, so 186.5 is too early and 198.5 the first.
        Assert.Equal(12, _machine.At(198_499_999).Counts.Produced);
        Assert.Equal(13, _machine.At(198_500_000).Counts.Produced);
    }

    [Fact]
    public void Sums_of_a_window()
    {
        var truth = _machine.TruthOf(PlantTime.Minute, 4 * PlantTime.Minute);

        Assert.Equal(180 * PlantTime.Second, truth.PlannedBusyTime);
        Assert.Equal((3 + 63 + 57) * PlantTime.Second, truth.ProductionTime);
        Assert.Equal(30 * PlantTime.Second, truth.DelayTime);
        Assert.Equal(27 * PlantTime.Second, truth.SetupTime);
        Assert.Equal(0, truth.DownTime);
        Assert.Equal(
            [(1, 6L), (2, 4L)], // Tiles at 198.5, 210.5, 222.5 and 234.5.
            truth.Products.Select(product => ((int)product.Product.Code, product.Counts.Produced)));
        Assert.Equal(101, truth.PlannedRunTimeGood); // 6 * 9.5 + 4 * 11
        Assert.Equal(270, truth.OutputYuan); // 6 * 25 + 4 * 30

        var kpis = KpiTruth.Of([truth]);
        Assert.Equal(new Fraction(101, 180), kpis.Oee);
        Assert.Equal(new Fraction(123, 180), kpis.Availability);
        Assert.Equal(new Fraction(101, 123), kpis.Effectiveness);
        Assert.Equal(1, kpis.QualityRatio);
        Assert.Equal(0, kpis.DefectRate);
    }

    [Fact]
    public void A_meter_shows_what_was_used_up_to_its_last_step()
    {
        var meter = new MeterScript(
            new()
            {
                Id = "meter",
                Carrier = Carrier.Electricity,
                Machines = ["press"],
                Auxiliary = 1,
                RefreshSeconds = 5,
                Decimals = 2,
                Digits = 4,
                FirstReading = 9_950,
            },
            [_machine]);

        Assert.Equal(9_950, meter.RegisterAt(2_499_999)); // No step yet.
        Assert.Equal(9_952, meter.RegisterAt(2_500_000)); // 2.5 s * 11 Wh/s = 27.5 Wh
        Assert.Equal(9_952, meter.RegisterAt(7_499_999));
        Assert.Equal(9_958, meter.RegisterAt(7_500_000)); // 82.5 Wh

        // At 62.5 s 687.5 Wh; at 92.5 s 0.5 s * 11 more, then 29.5 s of delay at 5 Wh/s: 840.5 Wh.
        Assert.Equal((9_950 + 68) % 10_000, meter.RegisterAt(64_000_000));
        Assert.Equal((9_950 + 84) % 10_000, meter.RegisterAt(95_000_000));

        // 63 s * 11 + 30 s * 5 + 24.5 s * 11 at 117.5 s is 1112.5 Wh; 632.5 Wh at 57.5 s.
        Assert.Equal(new Fraction(111 - 63, 100), meter.Quantity(PlantTime.Minute, 2 * PlantTime.Minute));
    }

    [Fact]
    public void Ratios_are_formed_from_sums_and_a_machine_without_planned_time_takes_no_part()
    {
        var busy = Truth("a", planned: 100, production: 80, new ProductTruth(Brick, new(8, 1, 1)));
        var slow = Truth("b", planned: 300, production: 120, new ProductTruth(Tile, new(10, 1, 0)));
        var idle = Truth("c", planned: 0, production: 0, new ProductTruth(Tile, new(5, 5, 0)));

        var kpis = KpiTruth.Of([busy, slow, idle]);

        Assert.Equal(new Fraction(57 + 99, 400), kpis.Oee); // (6 * 9.5 + 9 * 11) / 400
        Assert.Equal(new Fraction(200, 400), kpis.Availability);
        Assert.Equal(new Fraction(76 + 110, 200), kpis.Effectiveness);
        Assert.Equal(new Fraction(156, 186), kpis.QualityRatio);
        Assert.Equal(new Fraction(8, 23), kpis.DefectRate); // Its items count all the same.
    }

    [Fact]
    public void What_has_no_denominator_is_null_and_not_zero()
    {
        var kpis = KpiTruth.Of([Truth("a", planned: 60, production: 0)]);

        Assert.Equal(0, kpis.Oee);
        Assert.Equal(0, kpis.Availability);
        Assert.Null(kpis.Effectiveness);
        Assert.Null(kpis.QualityRatio);
        Assert.Null(kpis.DefectRate);
        Assert.Null(KpiTruth.Of([]).Oee);
    }

    [Fact]
    public void Energy_per_output_value_is_in_tonnes_of_standard_coal_per_ten_thousand_yuan()
    {
        var truth = new PlantTruth
        {
            From = 0,
            To = PlantTime.Minute,
            Machines = [],
            Energy =
            [
                new(Carrier.Electricity, 1_000, 1_000 * Fraction.From(0.1229m)),
                new(Carrier.NaturalGas, 100, 100 * Fraction.From(1.2143m)),
                new(Carrier.Water, 5_000, 0),
            ],
            OutputValue = Fraction.From(2.5m),
            AllEquipment = default,
            DigitalEquipment = default,
            KeyEquipment = default,
        };

        // (122.9 + 121.43) kgce / 1000 / 2.5 = 0.097732
        Assert.Equal(Fraction.From(0.097732m), truth.EnergyPerOutputValue);
        Assert.Null(truth.KeyEquipment.Rate);
        Assert.Null((truth with { OutputValue = 0 }).EnergyPerOutputValue);
    }

    private static MachineTruth Truth(
        string machine, long planned, long production, params ProductTruth[] products) => new()
        {
            Machine = machine,
            PlannedBusyTime = planned * PlantTime.Second,
            ProductionTime = production * PlantTime.Second,
            SetupTime = 0,
            DelayTime = 0,
            DownTime = 0,
            CountsRework = false,
            Products = products,
        };
}
