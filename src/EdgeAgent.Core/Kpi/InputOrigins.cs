namespace EdgeAgent.Core.Kpi;

/// <summary>How many inputs of a figure came from where.</summary>
/// <param name="Measured">Tags.</param>
/// <param name="Derived">Worked out from the calendar or from other inputs.</param>
/// <param name="Declared">Set or entered by people.</param>
public readonly record struct InputOrigins(int Measured, int Derived, int Declared)
{
    public int Total => Measured + Derived + Declared;
}
