namespace EdgeAgent.Simulator.Script;

/// <summary>What is fixed about a meter. It adds what its machines use and shows the sum in steps.</summary>
internal sealed record MeterDefinition
{
    public required string Id { get; init; }

    public required Carrier Carrier { get; init; }

    /// <summary>Id of the meter behind which this one sits; null for the plant's own supply.</summary>
    public string? Parent { get; init; }

    public required IReadOnlyList<string> Machines { get; init; }

    /// <summary>
    /// Lighting, compressors, offices: used at all times, per second, in watt-hours, litres or millilitres.
    /// </summary>
    public int Auxiliary { get; init; }

    /// <summary>Seconds between two steps of the register: 5 or 10.</summary>
    public required int RefreshSeconds { get; init; }

    /// <summary>Decimal places of the register, in kWh or m3.</summary>
    public required int Decimals { get; init; }

    /// <summary>Digits of the register with its decimals; it rolls over beyond them.</summary>
    public required int Digits { get; init; }

    /// <summary>What the register showed at the plant's start, in its last digit.</summary>
    public required long FirstReading { get; init; }
}
