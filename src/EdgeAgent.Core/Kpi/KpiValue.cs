using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi;

/// <summary>A ratio or sum, exact, or the reason why there is none. Null is not zero.</summary>
public sealed record KpiValue
{
    public required KpiDefinition Kpi { get; init; }

    /// <summary>Summed over the scope; none where it cannot be formed.</summary>
    public Quantity? Numerator { get; init; }

    /// <summary>None for a sum that is no ratio.</summary>
    public Quantity? Denominator { get; init; }

    /// <summary>Exact, in the unit of <see cref="Kpi"/>: 78 for 78 %.</summary>
    public Fraction? Exact { get; init; }

    /// <summary>Why there is no value; none where there is one.</summary>
    public string? NullReason { get; init; }

    /// <summary><see cref="Exact"/>, rounded once, half to even, to 28 digits.</summary>
    public decimal? Rounded => Exact?.ToDecimal();

    /// <summary>
    /// numerator / denominator in the unit of the KPI, or null with a reason where the denominator is zero.
    /// </summary>
    internal static KpiValue Ratio(KpiDefinition kpi, Quantity numerator, Quantity denominator, string reasonIfZero) =>
        new()
        {
            Kpi = kpi,
            Numerator = numerator,
            Denominator = denominator,
            Exact = denominator.Amount.IsZero
                ? null
                : numerator.Amount / denominator.Amount * (kpi.Unit == "%" ? 100 : 1),
            NullReason = denominator.Amount.IsZero ? reasonIfZero : null,
        };

    internal static KpiValue Sum(KpiDefinition kpi, Quantity amount) =>
        new() { Kpi = kpi, Numerator = amount, Exact = amount.Amount };

    internal static KpiValue Null(KpiDefinition kpi, string reason) => new() { Kpi = kpi, NullReason = reason };
}
