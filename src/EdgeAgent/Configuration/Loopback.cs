using System.Net;

namespace EdgeAgent.Configuration;

internal static class Loopback
{
    /// <summary>Whether a host, as written, is this machine. Names other than localhost are not looked up.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
