using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>A TCP port nobody listens on, for peers that cannot choose one themselves.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
