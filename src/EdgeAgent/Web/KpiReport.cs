namespace EdgeAgent.Web;

/// <summary>The answer of /api/kpis.</summary>
/// <param name="Position">The figures are formed from the entries of the journal before this one.</param>
internal sealed record KpiReport(IReadOnlyList<KpiLine> Kpis, long Position);

/// <summary>
/// One figure with everything needed to judge it. Numbers are decimal strings: JSON numbers lose digits.
/// </summary>
/// <param name="Display">Rounded for people, or null where it cannot be formed.</param>
/// <param name="Value">All digits, or null.</param>
/// <param name="Coverage">Share of the time due that is known, 0 to 1, or null where nothing was due.</param>
internal sealed record KpiLine(
    string Id,
    string NameZh,
    string NameEn,
    string Scope,
    string Period,
    string From,
    string To,
    string? Display,
    string? Value,
    string Unit,
    string Status,
    string? Reason,
    string? Numerator,
    string? Denominator,
    string Formula,
    string? Coverage,
    IReadOnlyList<string> Flags);
