using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Registers;

/// <summary>What a unit knows at one instant; every point of one reply is formed from the same moment.</summary>
internal readonly record struct UnitMoment
{
    /// <summary>Plant time.</summary>
    public required long Time { get; init; }

    /// <summary>Of a machine's controller.</summary>
    public MachineMoment Machine { get; init; }

    /// <summary>What a meter's register shows, in its last digit.</summary>
    public long Reading { get; init; }

    /// <summary>What flows through a meter per second, in Wh, litres or millilitres.</summary>
    public long Rate { get; init; }

    public bool Produces => Machine.State == MachineState.Production;
}
