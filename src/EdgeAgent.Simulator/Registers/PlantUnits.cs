using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Registers;

/// <summary>Every connected unit of the ledger with its points.</summary>
internal static class PlantUnits
{
    // Keeps the noise of the process values apart from the draws of the script.
    private const ulong SignalSubject = 1_000;

    public static IReadOnlyList<UnitImage> Of(PlantScript script) =>
    [
        .. PlantScript.Ledger.Where(device => device.Endpoint is not null)
            .Select((device, index) => Of(script, device, Key(script, index))),
    ];

    private static UnitImage Of(PlantScript script, LedgerDevice device, ulong key)
    {
        if (script.Machines.FirstOrDefault(machine => machine.Id == device.Id) is { } machine)
        {
            return new(device, MachinePoints.Of(machine, key), time => new()
            {
                Time = time,
                Machine = machine.At(time),
            })
            {
                IsMachine = true,
            };
        }

        if (script.Meters.FirstOrDefault(meter => meter.Id == device.Id) is { } meter)
        {
            return new(device, MeterPoints.Of(meter, key), time => new()
            {
                Time = time,
                Reading = meter.RegisterAt(time),
                Rate = meter.RateAt(time),
            });
        }

        return new(device, MeterPoints.Blaster(key), time => new() { Time = time });
    }

    private static ulong Key(PlantScript script, int index) => Draw.Mix(script.Seed, SignalSubject + (ulong)index);
}
