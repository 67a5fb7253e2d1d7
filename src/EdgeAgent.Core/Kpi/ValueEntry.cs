using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// A figure that a person entered with a document behind it. Never spread over other periods than its own.
/// </summary>
public sealed record ValueEntry
{
    /// <summary>工业总产值, in 万元 or 元.</summary>
    public const string OutputValue = "gross-industrial-output-value";

    /// <summary>
    /// Energy without a meter, in tce or kgce. One series per name after it, for example
    /// "comprehensive-energy-consumption-total/diesel"; a series once entered must cover every period computed.
    /// </summary>
    public const string Energy = "comprehensive-energy-consumption-total";

    /// <summary>Catalogue id, optionally with "/" and the name of a series.</summary>
    public required string Indicator { get; init; }

    public required UtcTime From { get; init; }

    /// <summary>First instant after the period.</summary>
    public required UtcTime To { get; init; }

    public required decimal Value { get; init; }

    public required string Unit { get; init; }

    public string Document { get; init; } = "";

    public string EnteredBy { get; init; } = "";

    /// <summary>
    /// Of two entries for the same period the one entered later wins; of two at once, the later in the list.
    /// </summary>
    public UtcTime EnteredAt { get; init; }

    /// <summary>The document of the entry this one replaces.</summary>
    public string? Supersedes { get; init; }
}
