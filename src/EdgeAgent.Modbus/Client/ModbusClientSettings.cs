namespace EdgeAgent.Modbus.Client;

/// <summary>How a client behaves on its line. The three profiles are for broken peers and are off by default.</summary>
public sealed record ModbusClientSettings
{
    /// <summary>How long an answer may take, and a connection to be made. One second, as most masters in the field.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Rest before each request, for devices that lose requests that come too quickly.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How late an answer may come and still be reckoned with, on lines without transaction identifiers: see
    /// <see cref="LateAnswerGuard"/>. Radio modems and queueing converters stay below this.
    /// </summary>
    public TimeSpan LateAnswerHorizon { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Profile: gateways that answer with transaction identifier 0.</summary>
    public bool AcceptZeroTransactionId { get; init; }

    /// <summary>Profile: gateways that answer with unit identifier 0xFF instead of the unit's.</summary>
    public bool AcceptUnitMismatch { get; init; }

    /// <summary>Profile: RS-485 adapters that hear themselves, so that each request comes back before its answer.</summary>
    public bool LocalEcho { get; init; }
}
