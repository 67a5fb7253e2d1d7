namespace EdgeAgent.Simulator.Script;

/// <summary>
/// The plant itself, whatever the seed: a magnesia works with a machine shop, as they stand in 营口. Two kilns calcine,
/// two presses form bricks, four CNC machines cut fittings, one line packs.
/// </summary>
internal static class Plant
{
    private static readonly Product CausticMagnesia = new(201, "轻烧氧化镁粉", 28, 220);
    private static readonly Product DeadBurnedMagnesia = new(202, "重烧镁砂", 19, 260);
    private static readonly Product CarbonBrick = new(301, "镁碳砖MT-14A", new(19, 2), 25);
    private static readonly Product AluminaBrick = new(302, "镁铝碳砖", new(34, 3), 30);
    private static readonly Product MagnesiaBrick = new(303, "镁砖M-95", 14, 22);
    private static readonly Product ValveBody = new(401, "阀体", new(57, 2), 96);
    private static readonly Product Flange = new(402, "法兰盘", 19, 58);
    private static readonly Product Bushing = new(403, "轴套", new(35, 3), 36);
    private static readonly Product BrickPallet = new(501, "砖托盘包", new(14, 3), 0); // Its bricks are counted already.
    private static readonly Product PartBox = new(502, "零件箱包", new(17, 3), 0);

    // Codes as controllers show them: each make has its own.
    private static readonly Dictionary<MachineState, IReadOnlyList<ushort>> PlcCodes = new()
    {
        [MachineState.Production] = [10],
        [MachineState.Setup] = [20, 21],
        [MachineState.Delay] = [30, 31, 32],
        [MachineState.Down] = [40, 41, 42, 43],
        [MachineState.Maintenance] = [50],
    };

    private static readonly Dictionary<MachineState, IReadOnlyList<ushort>> CncCodes = new()
    {
        [MachineState.Production] = [2],
        [MachineState.Setup] = [1, 6],
        [MachineState.Delay] = [3, 7],
        [MachineState.Down] = [4, 5],
        [MachineState.Maintenance] = [9],
    };

    private static readonly Dictionary<MachineState, IReadOnlyList<ushort>> PackerCodes = new()
    {
        [MachineState.Production] = [1],
        [MachineState.Setup] = [2],
        [MachineState.Delay] = [3, 4, 5],
        [MachineState.Down] = [6, 7],
        [MachineState.Maintenance] = [8],
    };

    public static IReadOnlyList<Product> Products { get; } =
    [
        CausticMagnesia, DeadBurnedMagnesia, CarbonBrick, AluminaBrick, MagnesiaBrick, ValveBody, Flange, Bushing,
        BrickPallet, PartBox,
    ];

    public static IReadOnlyList<MachineDefinition> Machines { get; } =
    [
        Kiln("kiln1", CausticMagnesia, 30, 7.5m, electricity: 22, gas: 250, new(182_340, 1_466, 0)),
        Kiln("kiln2", DeadBurnedMagnesia, 20, 12.5m, electricity: 33, gas: 310, new(96_011, 705, 0)),
        Press("press1", [Cycle(CarbonBrick, 10, 4.5m), Cycle(AluminaBrick, 12, 6.5m)], new(65_510, 2_304, 0)),
        Press("press2", [Cycle(AluminaBrick, 12, 3.5m), Cycle(MagnesiaBrick, 15, 8.5m)], new(40_218, 1_120, 0)) with
        {
            PlannedDowntime = new("press2", 150 * PlantTime.Minute, 180 * PlantTime.Minute, "液压站换油保养"),
        },
        Cnc("cnc1", [Cycle(ValveBody, 30, 11.5m), Cycle(Flange, 20, 2.5m)], new(65_528, 65_530, 812)),
        Cnc("cnc2", [Cycle(Flange, 20, 9.5m), Cycle(Bushing, 12, 5.5m)], new(21_877, 455, 65_535)),
        Cnc("cnc3", [Cycle(Bushing, 12, 2.5m), Cycle(ValveBody, 30, 26.5m)], new(65_519, 377, 640)),
        Cnc("cnc4", [Cycle(Flange, 20, 16.5m), Cycle(Bushing, 12, 8.5m), Cycle(ValveBody, 30, 20.5m)], new(318, 4, 9)),
        Packer(),
    ];

    /// <summary>The supply meters first, then those behind them.</summary>
    public static IReadOnlyList<MeterDefinition> Meters { get; } =
    [
        Meter("em0", Carrier.Electricity, null, Machines, decimals: 2, digits: 8, first: 99_997_000) with
        {
            Auxiliary = 14,
        },
        Meter("em1", Carrier.Electricity, "em0", Of(MachineKind.Kiln), decimals: 1, digits: 7, first: 4_812_077),
        Meter("em2", Carrier.Electricity, "em0", Of(MachineKind.Press), decimals: 1, digits: 7, first: 1_930_552),
        Meter("em3", Carrier.Electricity, "em0", [.. Of(MachineKind.Cnc), .. Of(MachineKind.Packer)],
            decimals: 1, digits: 7, first: 905_318),
        Meter("gm0", Carrier.NaturalGas, null, Of(MachineKind.Kiln), decimals: 1, digits: 7, first: 3_350_046) with
        {
            RefreshSeconds = 10,
        },
        Meter("wm0", Carrier.Water, null, Machines, decimals: 3, digits: 9, first: 84_120_999) with { Auxiliary = 90 },
    ];

    public static IReadOnlyList<LedgerDevice> Ledger { get; } =
    [
        Row("kiln1", "1#轻烧竖窑", "窑炉车间", "煅烧线", "digital", "kilns", 1) with { Key = true },
        Row("kiln2", "2#回转窑", "窑炉车间", "煅烧线", "intelligent", "kilns", 2) with { Key = true },
        Row("press1", "1#液压压砖机", "成型车间", "成型线", "digital", "presses", 1) with { Key = true },
        Row("press2", "2#液压压砖机", "成型车间", "成型线", "automated", "presses", 2) with { Key = true },
        Row("mixer1", "强制式混砂机", "成型车间", "成型线", "automated", null, 0) with { Key = true },
        Row("cnc1", "1#数控车床", "机加车间", "机加线", "digital", "machining", 1) with { Key = true },
        Row("cnc2", "2#数控车床", "机加车间", "机加线", "digital", "machining", 2),
        Row("cnc3", "3#加工中心", "机加车间", "机加线", "intelligent", "machining", 3) with { Key = true },
        Row("cnc4", "4#加工中心", "机加车间", "机加线", "digital", "machining", 4),
        Row("drill1", "摇臂钻床", "机加车间", "机加线", "plain", null, 0),
        Row("mill1", "普通铣床", "机加车间", "机加线", "plain", null, 0),
        Row("blaster1", "抛丸清理机", "机加车间", "机加线", "digital", "meters", 7) with { Answers = false },
        Row("packer1", "自动包装线", "成品库", "包装线", "automated", "machining", 5),
        MeterRow("em0", "总进线电表", 1),
        MeterRow("em1", "窑炉车间电表", 2),
        MeterRow("em2", "成型车间电表", 3),
        MeterRow("em3", "机加包装电表", 4),
        MeterRow("gm0", "天然气总表", 5),
        MeterRow("wm0", "自来水总表", 6),
    ];

    private static MachineDefinition Kiln(
        string id, Product product, int cycle, decimal phase, int electricity, int gas, Counts first) => new()
        {
            Id = id,
            Kind = MachineKind.Kiln,
            Cycles = [Cycle(product, cycle, phase)],
            CounterBits = 32,
            FirstCounts = first,
            HasGoodCounter = false,
            ScrapPerMille = 15,
            SetupPerMille = 120,
            DownPerMille = 180,
            Codes = PlcCodes,
            Electricity = Rates(electricity, electricity - 6, electricity - 2, electricity / 3, 3),
            Gas = Rates(gas, gas - 60, gas - 20, gas / 2, gas / 8),
            Water = Rates(300, 260, 290, 200, 50),
        };

    private static MachineDefinition Press(string id, IReadOnlyList<ProductionCycle> cycles, Counts first) => new()
    {
        Id = id,
        Kind = MachineKind.Press,
        Cycles = cycles,
        CounterBits = 16,
        FirstCounts = first,
        ScrapPerMille = 35,
        SetupPerMille = 260,
        DownPerMille = 160,
        Codes = PlcCodes,
        Electricity = Rates(11, 6, 7, 2, 1),
        Water = Rates(40, 35, 40, 10, 5),
    };

    private static MachineDefinition Cnc(string id, IReadOnlyList<ProductionCycle> cycles, Counts first) => new()
    {
        Id = id,
        Kind = MachineKind.Cnc,
        Cycles = cycles,
        CounterBits = 16,
        FirstCounts = first,
        HasReworkCounter = true,
        ScrapPerMille = 18,
        ReworkPerMille = 36,
        SetupPerMille = 380,
        DownPerMille = 120,
        Codes = CncCodes,
        Electricity = Rates(5, 2, 3, 1, 1),
        Water = Rates(8, 6, 6, 2, 0),
    };

    private static MachineDefinition Packer() => new()
    {
        Id = "packer1",
        Kind = MachineKind.Packer,
        Cycles = [Cycle(BrickPallet, 5, 2.5m), Cycle(PartBox, 6, 3.5m)],
        CounterBits = 32,
        FirstCounts = new(4_294_967_260, 30_117, 0),
        ScrapPerMille = 12,
        SetupPerMille = 220,
        DownPerMille = 130,
        Codes = PackerCodes,
        Electricity = Rates(3, 2, 2, 1, 1),
        Water = Rates(0, 0, 0, 0, 0),
    };

    private static MeterDefinition Meter(
        string id, Carrier carrier, string? parent, IEnumerable<MachineDefinition> machines, int decimals, int digits,
        long first) => new()
        {
            Id = id,
            Carrier = carrier,
            Parent = parent,
            Machines = [.. machines.Select(machine => machine.Id)],
            RefreshSeconds = 5,
            Decimals = decimals,
            Digits = digits,
            FirstReading = first,
        };

    private static IEnumerable<MachineDefinition> Of(MachineKind kind) =>
        Machines.Where(machine => machine.Kind == kind);

    private static ProductionCycle Cycle(Product product, int seconds, decimal phaseSeconds) =>
        new(product, seconds, (long)(phaseSeconds * PlantTime.Second));

    private static Dictionary<MachineState, int> Rates(
        int production, int setup, int delay, int down, int maintenance) => new()
        {
            [MachineState.Production] = production,
            [MachineState.Setup] = setup,
            [MachineState.Delay] = delay,
            [MachineState.Down] = down,
            [MachineState.Maintenance] = maintenance,
        };

    private static LedgerDevice Row(
        string id, string name, string workshop, string line, string @class, string? endpoint, byte unit) => new()
        {
            Id = id,
            Name = name,
            Workshop = workshop,
            Line = line,
            Class = @class,
            Endpoint = endpoint,
            Unit = unit,
        };

    private static LedgerDevice MeterRow(string id, string name, byte unit) =>
        Row(id, name, "公用工程", "能源计量", "plain", "meters", unit) with { Production = false };
}
