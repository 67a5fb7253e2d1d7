using System.Net.Sockets;

namespace EdgeAgent.OpcUa.Transport;

/// <summary>Opens the socket, and says in plain words why it cannot.</summary>
internal static class TcpConnection
{
    /// <summary>Part 6, 7.1: the registered port, where the URL names none.</summary>
    public const int DefaultPort = 4840;

    public const string Scheme = "opc.tcp";

    /// <exception cref="OpcUaException">No connection; the message says why and what to check.</exception>
    public static async Task<Stream> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        CheckUrl(url);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.IdnHost.Trim('[', ']'), PortOf(url), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw Explain(url, failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static int PortOf(Uri url) => url.Port > 0 ? url.Port : DefaultPort;

    /// <summary>"host:port", for messages.</summary>
    public static string NameOf(Uri url) => $"{url.Host}:{PortOf(url)}";

    private static void CheckUrl(Uri url)
    {
        if (!url.IsAbsoluteUri || !string.Equals(url.Scheme, Scheme, StringComparison.OrdinalIgnoreCase)
            || url.Host.Length == 0)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpEndpointUrlInvalid,
                $"\"{url.OriginalString}\" is not a URL of the form opc.tcp://host:port/path.");
        }
    }

    private static OpcUaException Explain(Uri url, SocketException failure)
    {
        var (status, text) = failure.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => (
                StatusCodes.BadConnectionRejected,
                $"Nothing listens on {NameOf(url)}. Check the port, and that the server runs."),
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => (
                StatusCodes.BadTcpEndpointUrlInvalid,
                $"The host \"{url.Host}\" is not known. Check its spelling and the name server, or use its address."),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => (
                StatusCodes.BadNotConnected,
                $"There is no route to {NameOf(url)}. Check cable, address and gateway."),
            SocketError.TimedOut => (
                StatusCodes.BadTimeout,
                $"{NameOf(url)} does not answer. Check the address, and that no firewall drops the port."),
            _ => (StatusCodes.BadNotConnected, $"No connection to {NameOf(url)}: {failure.Message}."),
        };
        return new(status, text, failure);
    }
}
