namespace EdgeAgent.Simulator.Script;

/// <summary>What a machine truly made of one product.</summary>
public sealed record ProductTruth(Product Product, Counts Counts);

/// <summary>The true sums of one machine in a window. Times in microseconds, within planned busy time.</summary>
public sealed record MachineTruth
{
    public required string Machine { get; init; }

    /// <summary>PBT.</summary>
    public required long PlannedBusyTime { get; init; }

    /// <summary>APT.</summary>
    public required long ProductionTime { get; init; }

    /// <summary>AUST.</summary>
    public required long SetupTime { get; init; }

    /// <summary>ADET.</summary>
    public required long DelayTime { get; init; }

    /// <summary>ADOT.</summary>
    public required long DownTime { get; init; }

    /// <summary>Whether the machine has a rework counter; without one rework is not declared.</summary>
    public required bool CountsRework { get; init; }

    public required IReadOnlyList<ProductTruth> Products { get; init; }

    /// <summary>PQ, SQ, RQ and GQ over all products.</summary>
    public Counts Counts => Products.Aggregate(default(Counts), (sum, product) => sum + product.Counts);

    /// <summary>Sum over products of PRI * PQ, in seconds.</summary>
    public Fraction PlannedRunTimeProduced => Products.Aggregate(
        Fraction.Zero, (sum, item) => sum + (item.Product.PlannedRunTime * item.Counts.Produced));

    /// <summary>Sum over products of PRI * GQ, in seconds.</summary>
    public Fraction PlannedRunTimeGood => Products.Aggregate(
        Fraction.Zero, (sum, item) => sum + (item.Product.PlannedRunTime * item.Counts.Good));

    /// <summary>Output value of the good items, in yuan.</summary>
    public long OutputYuan => Products.Sum(item => item.Counts.Good * item.Product.PriceYuan);
}
