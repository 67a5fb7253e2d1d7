using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>What one meter brings to energy.</summary>
/// <param name="Meter">Its id.</param>
/// <param name="Carrier">What it measures.</param>
/// <param name="Flow">Over the fence which way.</param>
/// <param name="Amount">In the unit of its tag.</param>
/// <param name="Unit">That unit.</param>
/// <param name="Coefficient">kgce per that unit on the basis asked for.</param>
internal sealed record EnergyTerms(
    string Meter, string Carrier, MeterFlow Flow, Fraction Amount, string Unit, Fraction Coefficient)
{
    /// <summary>Tonnes of coal equivalent, unsigned.</summary>
    public Fraction Tce => Amount * Coefficient / 1000;
}
