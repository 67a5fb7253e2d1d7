namespace EdgeAgent.Simulator.Script;

/// <summary>What the plant truly used of a carrier, at its own supply meters.</summary>
/// <param name="Carrier">What was used.</param>
/// <param name="Quantity">In kWh or m3.</param>
/// <param name="StandardCoal">In kgce; zero for water, which is no part of the energy sum.</param>
public sealed record EnergyTruth(Carrier Carrier, Fraction Quantity, Fraction StandardCoal);

/// <summary>How many devices of the ledger are connected and answer, out of how many.</summary>
public readonly record struct Networking(int Networked, int Listed)
{
    /// <summary>Null where none is listed.</summary>
    public Fraction? Rate => Fraction.Ratio(Networked, Listed);
}

/// <summary>The true sums and indicators of the window [From, To) of plant time.</summary>
public sealed record PlantTruth
{
    public required long From { get; init; }

    public required long To { get; init; }

    public required IReadOnlyList<MachineTruth> Machines { get; init; }

    public required IReadOnlyList<EnergyTruth> Energy { get; init; }

    /// <summary>In 万元.</summary>
    public required Fraction OutputValue { get; init; }

    /// <summary>Out of all production equipment (设备联网率).</summary>
    public required Networking AllEquipment { get; init; }

    /// <summary>Out of automated, digital and intelligent equipment (the workshop form's rate).</summary>
    public required Networking DigitalEquipment { get; init; }

    /// <summary>Out of key equipment (关键设备联网率).</summary>
    public required Networking KeyEquipment { get; init; }

    /// <summary>OEE with its factors and the defect rate of the whole plant.</summary>
    public KpiTruth Kpis => KpiTruth.Of([.. Machines]);

    /// <summary>Energy per output value, in tce/万元; null where nothing of value was made.</summary>
    public Fraction? EnergyPerOutputValue => Fraction.Ratio(
        Energy.Aggregate(Fraction.Zero, (sum, carrier) => sum + carrier.StandardCoal) / 1000, OutputValue);

    /// <summary>OEE with its factors and the defect rate of one machine.</summary>
    public KpiTruth KpisOf(string machine) => KpiTruth.Of([.. Machines.Where(truth => truth.Machine == machine)]);
}
