namespace EdgeAgent.Simulator.Script;

/// <summary>
/// The true indicators of a window, formed last from summed numerators and denominators (kpi ratios, not percent).
/// Null where the denominator is zero.
/// </summary>
public sealed record KpiTruth
{
    /// <summary>Sum of PRI * GQ over sum of PBT. A machine without planned busy time takes no part.</summary>
    public required Fraction? Oee { get; init; }

    /// <summary>Sum of APT over sum of PBT.</summary>
    public required Fraction? Availability { get; init; }

    /// <summary>Sum of PRI * PQ over sum of APT.</summary>
    public required Fraction? Effectiveness { get; init; }

    /// <summary>Sum of PRI * GQ over sum of PRI * PQ.</summary>
    public required Fraction? QualityRatio { get; init; }

    /// <summary>First pass: sum of SQ + RQ over sum of PQ.</summary>
    public required Fraction? DefectRate { get; init; }

    internal static KpiTruth Of(IReadOnlyCollection<MachineTruth> machines)
    {
        var planned = machines.Where(machine => machine.PlannedBusyTime > 0).ToArray();
        var busy = Seconds(planned.Sum(machine => machine.PlannedBusyTime));
        var production = Seconds(planned.Sum(machine => machine.ProductionTime));
        var produced = Sum(planned, machine => machine.PlannedRunTimeProduced);
        var good = Sum(planned, machine => machine.PlannedRunTimeGood);
        var counts = machines.Aggregate(default(Counts), (sum, machine) => sum + machine.Counts);
        return new()
        {
            Oee = Fraction.Ratio(good, busy),
            Availability = Fraction.Ratio(production, busy),
            Effectiveness = Fraction.Ratio(produced, production),
            QualityRatio = Fraction.Ratio(good, produced),
            DefectRate = Fraction.Ratio(counts.Scrap + counts.Rework, counts.Produced),
        };
    }

    private static Fraction Seconds(long microseconds) => new(microseconds, PlantTime.Second);

    private static Fraction Sum(IEnumerable<MachineTruth> machines, Func<MachineTruth, Fraction> part) =>
        machines.Aggregate(Fraction.Zero, (sum, machine) => sum + part(machine));
}
