namespace EdgeAgent.Simulator.Script;

internal enum MachineKind
{
    Kiln,
    Press,
    Cnc,
    Packer,
}

/// <summary>What is fixed about a machine, whatever the seed.</summary>
internal sealed record MachineDefinition
{
    public required string Id { get; init; }

    public required MachineKind Kind { get; init; }

    /// <summary>What it can make, in the order of its changeovers.</summary>
    public required IReadOnlyList<ProductionCycle> Cycles { get; init; }

    /// <summary>16 or 32.</summary>
    public required int CounterBits { get; init; }

    /// <summary>What the counters showed at the plant's start.</summary>
    public required Counts FirstCounts { get; init; }

    public bool HasGoodCounter { get; init; } = true;

    public bool HasReworkCounter { get; init; }

    public required int ScrapPerMille { get; init; }

    /// <summary>0 where there is no rework counter.</summary>
    public int ReworkPerMille { get; init; }

    /// <summary>Out of 1000 stops; the rest are delays.</summary>
    public required int SetupPerMille { get; init; }

    public required int DownPerMille { get; init; }

    /// <summary>The codes the machine's controller shows for each state; a stop picks one of them.</summary>
    public required IReadOnlyDictionary<MachineState, IReadOnlyList<ushort>> Codes { get; init; }

    /// <summary>Whole watt-hours per second (3.6 kW each) in each state.</summary>
    public required IReadOnlyDictionary<MachineState, int> Electricity { get; init; }

    /// <summary>Litres per second in each state, at standard conditions.</summary>
    public IReadOnlyDictionary<MachineState, int>? Gas { get; init; }

    /// <summary>Millilitres per second in each state.</summary>
    public required IReadOnlyDictionary<MachineState, int> Water { get; init; }

    public PlannedDowntime? PlannedDowntime { get; init; }
}
