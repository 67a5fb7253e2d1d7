namespace EdgeAgent.Modbus.Client;

/// <summary>Modbus TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b).</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">502 is the registered port.</param>
public sealed record TcpTransport(string Host, int Port = TcpTransport.RegisteredPort) : ModbusTransport
{
    public const int RegisteredPort = 502;

    internal override bool IsRtu => false;

    internal override ValueTask<Line> OpenAsync(CancellationToken cancellationToken) =>
        TcpLine.ConnectAsync(Host, Port, cancellationToken);
}
