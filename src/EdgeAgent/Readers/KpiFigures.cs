using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Readers;

/// <summary>Figures of one moment of the journal: a fresh engine fed up to the position gives the same.</summary>
/// <param name="Position">The first entry that is not in them.</param>
internal sealed record KpiFigures(IReadOnlyList<KpiResult> Results, long Position);
