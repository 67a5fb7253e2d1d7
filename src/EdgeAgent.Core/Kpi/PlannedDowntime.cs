using System.Collections.Immutable;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi;

/// <summary>A stop decided beforehand, half-open; it leaves the planned time. Whole minutes.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it.</param>
/// <param name="Devices">The ledger devices concerned; empty means all.</param>
/// <param name="Reason">For people.</param>
public sealed record PlannedDowntime(UtcTime From, UtcTime To, ImmutableArray<string> Devices, string Reason = "");
