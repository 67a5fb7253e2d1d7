using System.IO.Ports;

namespace EdgeAgent.Modbus.Client;

internal sealed class SerialLine : Line
{
    // Closing waits for the driver; an unplugged one may never let go.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SerialPort _port;

    private SerialLine(SerialPort port) => _port = port;

    public override Stream Stream => _port.BaseStream;

    public override int Available => _port.BytesToRead;

    public static SerialLine Open(SerialTransport transport)
    {
        var port = new SerialPort(transport.PortName, transport.BaudRate)
        {
            Parity = transport.Parity switch
            {
                SerialParity.None => Parity.None,
                SerialParity.Odd => Parity.Odd,
                _ => Parity.Even,
            },
            DataBits = 8,
            StopBits = transport.StopBits == 2 ? StopBits.Two : StopBits.One,
            Handshake = Handshake.None,
        };
        try
        {
            port.Open();
            return new(port);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await Task.Run(_port.Dispose).WaitAsync(CloseTimeout, TimeProvider.System);
        }
        catch (Exception gone) when (IsBroken(gone) || gone is TimeoutException)
        {
            // There is nothing left to close.
        }
    }
}
