namespace EdgeAgent.Modbus.Client;

/// <summary>How to reach a server. Immutable; <see cref="ModbusClient"/> opens it.</summary>
public abstract record ModbusTransport
{
    /// <summary>Frames with a CRC and without a transaction identifier.</summary>
    internal abstract bool IsRtu { get; }

    /// <summary>Silence that must precede a request. Zero where frames carry their length.</summary>
    internal virtual TimeSpan Quiet => TimeSpan.Zero;

    /// <exception cref="Exception">One that <see cref="Line.IsBroken"/> knows, when it cannot be opened.</exception>
    internal abstract ValueTask<Line> OpenAsync(CancellationToken cancellationToken);
}
