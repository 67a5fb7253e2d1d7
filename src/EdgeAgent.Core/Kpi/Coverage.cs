using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// How well the inputs of a figure were known, in microseconds summed over them. For time KPIs the base is planned
/// busy time and Bad includes states nobody can interpret; for counts, energy and networking it is the period, once
/// per tag.
/// </summary>
/// <param name="Expected">Good, Uncertain, Bad and Missing together.</param>
/// <param name="Good">A Good sample was in force.</param>
/// <param name="Uncertain">An Uncertain sample was: used, but not counted as Good.</param>
/// <param name="Bad">A Bad sample was.</param>
public readonly record struct Coverage(long Expected, long Good, long Uncertain, long Bad)
{
    /// <summary>No sample was in force.</summary>
    public long Missing => Expected - Good - Uncertain - Bad;

    /// <summary>The share that was known, 0 to 1; none where nothing was expected.</summary>
    public Fraction? Share => Expected > 0 ? new Fraction(Good + Uncertain, Expected) : null;

    public static Coverage operator +(Coverage left, Coverage right) => new(
        left.Expected + right.Expected, left.Good + right.Good, left.Uncertain + right.Uncertain, left.Bad + right.Bad);
}
