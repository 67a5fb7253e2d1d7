namespace EdgeAgent.Simulator.Script;

/// <summary>What a machine's controller shows at one instant.</summary>
public readonly record struct MachineMoment
{
    public MachineState State { get; init; }

    /// <summary>The state before this one, from which temperatures still drift.</summary>
    public MachineState PreviousState { get; init; }

    /// <summary>Microseconds since the machine's segment began.</summary>
    public long Elapsed { get; init; }

    /// <summary>The controller's code for the state and its reason.</summary>
    public ushort StateCode { get; init; }

    public ushort ProductCode { get; init; }

    /// <summary>Items since the plant's start. The registers add what they showed before and roll over.</summary>
    public Counts Counts { get; init; }

    /// <summary>Microseconds in production since the plant's start.</summary>
    public long ProductionTime { get; init; }
}
