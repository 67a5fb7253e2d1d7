using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// A TCP port nobody listens on, for peers that cannot choose one themselves. Given out once, and from below the range
/// the system takes ports from for outgoing connections: one of those could otherwise be in the way when the peer
/// starts.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody else's; the next one.
            }
        }
    }
}
