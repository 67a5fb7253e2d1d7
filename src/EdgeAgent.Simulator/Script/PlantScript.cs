namespace EdgeAgent.Simulator.Script;

/// <summary>
/// The scripted shop floor: for a seed and a plant time it says what every machine and meter shows, and for a window
/// what truly happened. Pure and immutable; the truths are closed forms of the script, never samples of it.
/// </summary>
/// <remarks>
/// The script keeps every change away from whole minutes (<see cref="PlantTime.MinuteMargin"/>), so a reader who polls
/// once a second and sees everything up to two seconds late still counts every item, kilowatt-hour and cubic metre in
/// its own minute. States change on whole seconds, so a poll at half past sees a change always half a second late, and
/// that constant delay cancels: durations are seen exactly if a machine is in the same state at both ends of a window,
/// which holds at minutes 0, 1, 4 and 5 of every five minutes outside long breakdowns and maintenance.
/// </remarks>
public sealed class PlantScript
{
    /// <summary>Standard coal of electricity, 当量值 (GB/T 2589-2020), kgce/kWh.</summary>
    public const decimal ElectricityCoal = 0.1229m;

    /// <summary>Standard coal of this plant's natural gas, kgce/m3: a configured value from its supplier.</summary>
    public const decimal NaturalGasCoal = 1.2143m;

    /// <param name="seed">Same seed, same plant.</param>
    public PlantScript(ulong seed)
    {
        Seed = seed;
        Machines = [.. Plant.Machines.Select(
            (machine, index) => new MachineScript(machine, Draw.For(seed, (ulong)index)))];
        Meters = [.. Plant.Meters.Select(meter => new MeterScript(meter, Machines))];
    }

    public ulong Seed { get; }

    public IReadOnlyList<MachineScript> Machines { get; }

    public IReadOnlyList<MeterScript> Meters { get; }

    public static IReadOnlyList<Product> Products => Plant.Products;

    /// <summary>The asset ledger, connected or not.</summary>
    public static IReadOnlyList<LedgerDevice> Ledger => Plant.Ledger;

    /// <summary>What is taken out of planned busy time, every day; all other time is planned busy.</summary>
    public static IReadOnlyList<PlannedDowntime> PlannedDowntimes { get; } =
        [.. Plant.Machines.Select(machine => machine.PlannedDowntime).OfType<PlannedDowntime>()];

    /// <summary>Output value of one minute, in 万元 with four decimals: the good items at their price.</summary>
    public decimal OutputValue(long minute) =>
        Machines.Sum(machine => machine.TruthOf(minute * PlantTime.Minute, (minute + 1) * PlantTime.Minute).OutputYuan)
        / 10_000m;

    /// <summary>What truly happened in the minutes from (included) to (not included) since the plant's start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or begins before the plant.</exception>
    public PlantTruth TruthOf(long fromMinute, long toMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromMinute);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(toMinute, fromMinute);
        var (from, to) = (fromMinute * PlantTime.Minute, toMinute * PlantTime.Minute);
        MachineTruth[] machines = [.. Machines.Select(machine => machine.TruthOf(from, to))];
        return new()
        {
            From = from,
            To = to,
            Machines = machines,
            Energy = [.. Enum.GetValues<Carrier>().Select(carrier => EnergyOf(carrier, from, to))],
            OutputValue = new(machines.Sum(machine => machine.OutputYuan), 10_000),
            AllEquipment = Count(device => device.Production),
            DigitalEquipment = Count(device => device.Class != "plain"),
            KeyEquipment = Count(device => device.Key),
        };
    }

    private EnergyTruth EnergyOf(Carrier carrier, long from, long to)
    {
        // The supply meters only: what stands behind them is in their reading already.
        var quantity = Meters.Where(meter => meter.Carrier == carrier && meter.Definition.Parent is null)
            .Aggregate(Fraction.Zero, (sum, meter) => sum + meter.Quantity(from, to));
        return new(carrier, quantity, quantity * Fraction.From(CoalOf(carrier)));
    }

    internal static decimal CoalOf(Carrier carrier) => carrier switch
    {
        Carrier.Electricity => ElectricityCoal,
        Carrier.NaturalGas => NaturalGasCoal,
        _ => 0,
    };

    private static Networking Count(Func<LedgerDevice, bool> isListed)
    {
        var listed = Ledger.Where(isListed).ToArray();
        return new(listed.Count(device => device is { Endpoint: not null, Answers: true }), listed.Length);
    }
}
