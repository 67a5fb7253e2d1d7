using System.Net.Sockets;

namespace EdgeAgent.Modbus.Client;

/// <summary>An open connection: a stream, and how many bytes wait in it.</summary>
internal abstract class Line : IAsyncDisposable
{
    /// <summary>Read and written asynchronously only: synchronous calls on an unplugged serial port hang.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Bytes that can be read without waiting.</summary>
    public abstract int Available { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether an exception from a line means that the line is gone, rather than that we are wrong.</summary>
    public static bool IsBroken(Exception exception) => exception
        is IOException                      // reset, broken pipe, no such port
        or SocketException                  // refused, unreachable, unknown host
        or ObjectDisposedException          // a serial port whose device was unplugged closes itself
        or InvalidOperationException        // and then says that it is not open
        or UnauthorizedAccessException;     // a port in use, or a dead link to one
}
