namespace EdgeAgent.Core.Kpi;

/// <summary>The choices a plant makes once and keeps for both periods of a declaration.</summary>
public sealed record KpiParameters
{
    /// <summary>当量值 by default: the evidence is reconciled against form 205-1, which uses it.</summary>
    public CoalBasis CoalBasis { get; init; } = CoalBasis.Calorific;

    /// <summary>How far back a Good sample still proves a connection. The catalogue's 30 days.</summary>
    public TimeSpan EvidenceWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The share of the evidence window that must be Good for the level "qualified".</summary>
    public decimal QualifiedShare { get; init; } = 0.80m;

    public DefectPolicy DefectPolicy { get; init; } = DefectPolicy.FirstPass;

    /// <summary>
    /// A delay or down strictly shorter than this with production on both sides is a speed loss, not a stop. Zero:
    /// none is. Moves loss between availability and effectiveness, never OEE. At most <see cref="MicroStopMax"/>.
    /// </summary>
    public TimeSpan MicroStop { get; init; }

    /// <summary>No period is final before its micro-stops are judged, so this also bounds the wait.</summary>
    public static readonly TimeSpan MicroStopMax = TimeSpan.FromHours(1);

    /// <summary>Coverage from here on is full.</summary>
    public decimal CoverageFull { get; init; } = 0.95m;

    /// <summary>Coverage below this may not be declared.</summary>
    public decimal CoverageFloor { get; init; } = 0.80m;

    /// <summary>
    /// How many tag intervals a value stays in force without the next sample. Later the time is missing, whether or
    /// not a gap says so, for silence must not improve a figure. Three, so that one lost poll is no hole.
    /// </summary>
    public int HoldIntervals { get; init; } = 3;

    /// <summary>How long after its end a period waits for samples still on their way before it is final.</summary>
    public TimeSpan LateAllowance { get; init; } = TimeSpan.FromSeconds(10);
}
