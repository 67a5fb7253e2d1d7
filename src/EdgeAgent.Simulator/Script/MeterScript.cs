namespace EdgeAgent.Simulator.Script;

/// <summary>
/// A meter's register as a closed form of the time its machines have spent in each state. Like a pulse meter it steps
/// every few seconds, 2.5 s past the grid, and between steps it stands. What the register shows is the truth: it is
/// what a bill is made from. Immutable.
/// </summary>
public sealed class MeterScript
{
    private const long RefreshPhase = PlantTime.MinuteMargin;

    private readonly MeterDefinition _definition;
    private readonly Consumer[] _consumers;
    private readonly long _quantum; // Of the register's last digit, in (Wh, litres or millilitres) * microseconds / s.
    private readonly long _modulus;

    internal MeterScript(MeterDefinition definition, IEnumerable<MachineScript> machines)
    {
        _definition = definition;
        _consumers = [.. machines.Where(machine => definition.Machines.Contains(machine.Id)).SelectMany(Consumers)];
        _modulus = PowerOfTen(definition.Digits);
        _quantum = UnitsPerWhole * PlantTime.Second / PowerOfTen(definition.Decimals);
    }

    public string Id => _definition.Id;

    public Carrier Carrier => _definition.Carrier;

    internal MeterDefinition Definition => _definition;

    /// <summary>Where the register rolls over, in its last digit.</summary>
    internal long Modulus => _modulus;

    // Rates are in Wh, litres and millilitres; registers in kWh and m3.
    private long UnitsPerWhole => _definition.Carrier == Carrier.Water ? 1_000_000 : 1_000;

    /// <summary>What the register shows, in its last digit.</summary>
    public long RegisterAt(long time) => (_definition.FirstReading + StepsAt(time)) % _modulus;

    /// <summary>What the meter has measured in [from, to), in its last digit; the roll-over taken out.</summary>
    internal long Measured(long from, long to) => StepsAt(to) - StepsAt(from);

    /// <summary>The same in kWh or m3.</summary>
    internal Fraction Quantity(long from, long to) => new(Measured(from, to), PowerOfTen(_definition.Decimals));

    /// <summary>What is used at this instant, per second, in Wh, litres or millilitres.</summary>
    internal long RateAt(long time)
    {
        var rate = (long)_definition.Auxiliary;
        foreach (var (machine, state, perSecond) in _consumers)
        {
            rate += machine.StateAt(time) == state ? perSecond : 0;
        }

        return rate;
    }

    private long StepsAt(long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var refresh = _definition.RefreshSeconds * PlantTime.Second;
        var refreshed = (PlantTime.FloorDivide(time - RefreshPhase, refresh) * refresh) + RefreshPhase;
        if (refreshed < 0)
        {
            return 0;
        }

        var used = _definition.Auxiliary * refreshed;
        foreach (var (machine, state, perSecond) in _consumers)
        {
            used += perSecond * machine.TimeIn(state, refreshed);
        }

        return used / _quantum;
    }

    private IEnumerable<Consumer> Consumers(MachineScript machine)
    {
        var rates = _definition.Carrier switch
        {
            Carrier.Electricity => machine.Definition.Electricity,
            Carrier.NaturalGas => machine.Definition.Gas ?? new Dictionary<MachineState, int>(),
            _ => machine.Definition.Water,
        };
        return rates.Where(rate => rate.Value > 0).Select(rate => new Consumer(machine, rate.Key, rate.Value));
    }

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private readonly record struct Consumer(MachineScript Machine, MachineState State, int PerSecond);
}
