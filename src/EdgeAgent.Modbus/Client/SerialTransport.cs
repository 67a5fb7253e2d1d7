namespace EdgeAgent.Modbus.Client;

/// <summary>RTU on a serial port (Modbus over Serial Line V1.02). The defaults are the specification's.</summary>
/// <param name="PortName">For example "/dev/ttyUSB0" or "COM3".</param>
public sealed record SerialTransport(string PortName) : ModbusTransport
{
    // Start bit, eight data bits, parity or a second stop bit, stop bit (2.5.1).
    private const int BitsPerCharacter = 11;

    // Above 19,200 baud the silence is fixed, to spare the receivers' timers (2.5.1.1).
    private const int FixedSilenceBaudRate = 19_200;

    private static readonly TimeSpan FixedSilence = TimeSpan.FromMicroseconds(1750);

    /// <summary>Bits per second.</summary>
    public int BaudRate { get; init; } = 19_200;

    public SerialParity Parity { get; init; } = SerialParity.Even;

    /// <summary>1 or 2.</summary>
    public int StopBits { get; init; } = 1;

    internal override bool IsRtu => true;

    /// <summary>3.5 characters (2.5.1.1).</summary>
    internal override TimeSpan Quiet => BaudRate > FixedSilenceBaudRate
        ? FixedSilence
        : TimeSpan.FromSeconds(3.5 * BitsPerCharacter / BaudRate);

    internal override ValueTask<Line> OpenAsync(CancellationToken cancellationToken) => new(SerialLine.Open(this));
}
