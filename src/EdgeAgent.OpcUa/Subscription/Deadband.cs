using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Changes up to this size are not reported (Part 4, 7.22.2; Part 8, 7.2).</summary>
/// <param name="Type">In the unit of the value, or in percent of the node's EURange.</param>
/// <param name="Value">Not negative; at most 100 in percent.</param>
public readonly record struct Deadband(DeadbandType Type, double Value);
