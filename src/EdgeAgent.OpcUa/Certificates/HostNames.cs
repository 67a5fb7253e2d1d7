using System.Globalization;
using System.Net;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Whether a certificate is for the host that was connected to. Only the alternative names count, never the common
/// name; letters' case and a final dot do not matter; there are no wildcards in OPC UA. An address may stand as an
/// address or, as many devices have it, as text among the DNS names.
/// </summary>
internal static class HostNames
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    public static bool Match(string host, Certificate certificate)
    {
        if (TryParseAddress(host, out var address))
        {
            return certificate.Addresses.Select(Canonical).Contains(address)
                || certificate.DnsNames.Any(name => TryParseAddress(name, out var named) && named.Equals(address));
        }

        var wanted = Canonical(host);
        return wanted.Length > 0 && certificate.DnsNames.Any(name => Canonical(name) == wanted);
    }

    /// <summary>An address as in a URL: brackets and a zone may be around an IPv6 address.</summary>
    public static bool TryParseAddress(string host, out IPAddress address)
    {
        var text = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        text = text.Split('%')[0];
        if (text.Any(character => character is '.' or ':') && IPAddress.TryParse(text, out var parsed))
        {
            address = Canonical(parsed);
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    // The zone is meaningful on one machine only; an IPv4 address may come dressed as an IPv6 one.
    private static IPAddress Canonical(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static string Canonical(string name)
    {
        var trimmed = name.EndsWith('.') ? name[..^1] : name;
        try
        {
            return Idn.GetAscii(trimmed).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Not a name that DNS could have; it is only equal to itself.
            return trimmed.ToLowerInvariant();
        }
    }
}
