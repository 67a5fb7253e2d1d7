namespace EdgeAgent.Core.Kpi;

/// <summary>What one unit of a carrier is in standard coal.</summary>
/// <param name="KgcePerUnit">Kilograms of coal equivalent per unit of the meter's tag.</param>
/// <param name="Basis">The basis it belongs to; none where both bases agree, as for fuels.</param>
/// <param name="Source">Where the figure comes from, as printed on the calculation sheet.</param>
public sealed record CoalCoefficient(decimal KgcePerUnit, CoalBasis? Basis, string Source);
