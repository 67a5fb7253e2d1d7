using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>A cumulative meter of one energy carrier.</summary>
public sealed record EnergyMeter
{
    public required string Id { get; init; }

    public required string Tag { get; init; }

    /// <summary>Electricity, natural gas, heat, water and so on; sums are shown per carrier.</summary>
    public required string Carrier { get; init; }

    public MeterFlow Flow { get; init; }

    /// <summary>Where the reading rolls over, in the tag's unit; none where it never does.</summary>
    public decimal? Modulus { get; init; }

    /// <summary>
    /// A float meter that steps back by less than this, in the tag's unit, has not moved. Two units of the tag's last
    /// decimal where none is stated, for a value on a rounding edge moves by one without the meter having moved.
    /// </summary>
    public decimal? Resolution { get; init; }

    /// <summary>The meter that already contains what this one measures; none for a main meter.</summary>
    public string? Parent { get; init; }

    /// <summary>None for a medium that is no energy by the form, such as water (耗能工质).</summary>
    public ImmutableArray<CoalCoefficient> Coefficients { get; init; } = [];
}
