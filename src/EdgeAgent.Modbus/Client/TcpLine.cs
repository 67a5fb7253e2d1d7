using System.Net.Sockets;

namespace EdgeAgent.Modbus.Client;

internal sealed class TcpLine : Line
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private TcpLine(Socket socket)
    {
        _socket = socket;
        _stream = new(socket, ownsSocket: true);
    }

    public override Stream Stream => _stream;

    public override int Available => _socket.Available;

    public static async ValueTask<Line> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new TcpLine(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override ValueTask DisposeAsync() => _stream.DisposeAsync();
}
