namespace EdgeAgent.Configuration;

/// <summary>A medium that meters count.</summary>
/// <param name="Id">As records carry it.</param>
/// <param name="Chinese">As people call it.</param>
/// <param name="Quantities">What its meters may measure.</param>
/// <param name="IsEnergy">Whether it counts as energy and needs a coefficient; water, for one, need not (耗能工质).</param>
/// <param name="NeedsBasis">Whether its coefficient differs between 当量值 and 等价值.</param>
/// <param name="KgceMin">Smallest plausible coefficient per first unit of the first quantity (kWh, GJ, m3, t).</param>
/// <param name="KgceMax">Largest.</param>
internal sealed record EnergyCarrier(
    string Id, string Chinese, Quantity[] Quantities, bool IsEnergy, bool NeedsBasis, decimal KgceMin, decimal KgceMax);
