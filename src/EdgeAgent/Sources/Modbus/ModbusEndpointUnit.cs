using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Sources.Modbus;

/// <summary>One unit behind an endpoint.</summary>
internal sealed record ModbusEndpointUnit
{
    /// <summary>Unit identifier, 0 to 255.</summary>
    public required byte Unit { get; init; }

    /// <summary>What a gap of this unit concerns: the ledger device, or the endpoint if it is not one device.</summary>
    public required string Scope { get; init; }

    public PlanLimits Limits { get; init; } = new();

    public required IReadOnlyList<ModbusTag> Tags { get; init; }
}
