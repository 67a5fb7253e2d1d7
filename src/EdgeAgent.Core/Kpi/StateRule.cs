using System.Collections.Immutable;

namespace EdgeAgent.Core.Kpi;

/// <summary>How the raw states of a machine map to time elements. Its version is kept with every figure.</summary>
/// <param name="Name">Unique in the model.</param>
/// <param name="Version">Changed by people whenever the map is.</param>
/// <param name="Map">
/// Raw value as text: an integer in decimal, 0 or 1 for a bit, the text itself for a text. What is in no row is
/// unknown time.
/// </param>
public sealed record StateRule(string Name, string Version, ImmutableDictionary<string, TimeElement> Map);
