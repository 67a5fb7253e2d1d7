using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Modbus.Client;

/// <summary>How a unit is polled.</summary>
public sealed record UnitReaderSettings
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is sent again after silence or garbage, within one poll. 0 or more.</summary>
    public int Retries { get; init; }

    /// <summary>What the device allows.</summary>
    public PlanLimits Limits { get; init; } = new();
}
