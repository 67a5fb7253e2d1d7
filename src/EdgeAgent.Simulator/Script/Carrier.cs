namespace EdgeAgent.Simulator.Script;

/// <summary>What a meter measures.</summary>
public enum Carrier
{
    /// <summary>In kWh; 0.1229 kgce/kWh (当量值, GB/T 2589-2020).</summary>
    Electricity,

    /// <summary>In cubic metres; 1.2143 kgce/m3, the plant's configured value.</summary>
    NaturalGas,

    /// <summary>In cubic metres; an energy-consumed medium (耗能工质), no part of the energy sum.</summary>
    Water,
}
