namespace EdgeAgent.Modbus.Client;

/// <summary>RTU frames through a transparent serial-to-Ethernet converter.</summary>
/// <param name="Host">Name or address of the converter.</param>
/// <param name="Port">Its port; there is no registered one.</param>
public sealed record RtuOverTcpTransport(string Host, int Port) : ModbusTransport
{
    /// <summary>
    /// Silence before each request. A converter packs what it hears after some milliseconds of its own, so the 3.5
    /// characters of the line are not visible here.
    /// </summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMilliseconds(20);

    internal override bool IsRtu => true;

    internal override TimeSpan Quiet => QuietTime;

    internal override ValueTask<Line> OpenAsync(CancellationToken cancellationToken) =>
        TcpLine.ConnectAsync(Host, Port, cancellationToken);
}
