using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Sources.Modbus;

/// <summary>One line with all units behind it, as the topology hands it to a <see cref="ModbusSource"/>.</summary>
internal sealed record ModbusEndpoint
{
    /// <summary>Unique among the sources of the agent.</summary>
    public required string Name { get; init; }

    public required ModbusTransport Transport { get; init; }

    /// <summary>Time-out, pause and profiles of the line.</summary>
    public ModbusClientSettings Line { get; init; } = new();

    /// <summary>Further attempts after silence or garbage within one poll. 0 or more.</summary>
    public int Retries { get; init; }

    /// <summary>
    /// Where in its interval a poll falls, 0 to 1 (exclusive). Half-way by default, so that polls of full seconds do
    /// not meet the edges of full-second windows.
    /// </summary>
    public double Phase { get; init; } = 0.5;

    public required IReadOnlyList<ModbusEndpointUnit> Units { get; init; }
}
