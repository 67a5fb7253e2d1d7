using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// The address of a node that holds over restarts (Part 6, 5.3.1.11): "nsu=http://maker/machine;s=Press1.Temp".
/// Namespace 0 is that of the standard and needs no URI: "i=2258".
/// </summary>
/// <param name="NamespaceUri">The URI of the namespace; null for namespace 0.</param>
/// <param name="Id">The identifier; its namespace index is 0 and means nothing.</param>
public readonly record struct NodeAddress(string? NamespaceUri, NodeId Id)
{
    private const string UriPrefix = "nsu=";

    // Part 3, 8.2.4 bounds string identifiers at 4,096 characters; a URI has no bound of its own.
    private const int TextMax = 8_192;

    /// <exception cref="FormatException">The text is no address; the message says what to write.</exception>
    public static NodeAddress Parse(string text) =>
        TryParse(text, out var address, out var error) ? address : throw new FormatException(error);

    /// <param name="text">"nsu=URI;s=…", or "i=…" and the like in namespace 0.</param>
    /// <param name="address">The address.</param>
    /// <param name="error">What is wrong and what to write, in one English sentence.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, out NodeAddress address, [NotNullWhen(false)] out string? error)
    {
        address = default;
        if (string.IsNullOrEmpty(text) || text.Length > TextMax)
        {
            error = $"a node address has 1 to {TextMax} characters, for example nsu=http://maker/machine;s=Press1.Temp";
            return false;
        }

        if (text.StartsWith("ns=", StringComparison.Ordinal))
        {
            error = "a namespace index may mean another namespace after a restart of the server; write nsu=<URI>;… "
                + "(edgeagent browse shows it)";
            return false;
        }

        string? uri = null;
        var identifier = text.AsSpan();
        if (identifier.StartsWith(UriPrefix))
        {
            var end = identifier.IndexOf(';');
            if (end <= UriPrefix.Length)
            {
                error =
                    "after nsu= comes the namespace URI, a semicolon and the identifier: nsu=http://maker/machine;i=5";
                return false;
            }

            if (Unescape(identifier[UriPrefix.Length..end]) is not { } plain)
            {
                error = "a percent sign in the namespace URI begins an escape such as %3B for a semicolon; "
                    + "write %25 for the sign itself";
                return false;
            }

            uri = plain;
            identifier = identifier[(end + 1)..];
        }

        if (ParseIdentifier(identifier) is not { } id)
        {
            error = "the identifier is i= with a number, s= with a text, g= with a GUID or b= with Base64";
            return false;
        }

        address = new(uri == NamespaceUris.OpcUa ? null : uri, id);
        error = null;
        return true;
    }

    public override string ToString() => NamespaceUri is null
        ? Id.Identifier
        : $"{UriPrefix}{Escape(NamespaceUri)};{Id.Identifier}";

    // Part 6, 5.3.1.11: a semicolon or a percent sign within the URI is percent-encoded.
    private static string Escape(string uri) =>
        uri.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string? Unescape(ReadOnlySpan<char> uri)
    {
        for (var rest = uri; rest.IndexOf('%') is >= 0 and var at; rest = rest[(at + 3)..])
        {
            if (rest.Length < at + 3 || !char.IsAsciiHexDigit(rest[at + 1]) || !char.IsAsciiHexDigit(rest[at + 2]))
            {
                return null;
            }
        }

        return Uri.UnescapeDataString(uri.ToString());
    }

    private static NodeId? ParseIdentifier(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != '=')
        {
            return null;
        }

        var value = text[2..];
        switch (text[0])
        {
            case 'i':
                return uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? new NodeId(number)
                    : null;
            case 's':
                return new NodeId(0, value.ToString());
            case 'g':
                return Guid.TryParseExact(value, "D", out var guid) ? new NodeId(0, guid) : null;
            case 'b':
                var bytes = new byte[value.Length];
                return Convert.TryFromBase64Chars(value, bytes, out var count) ? new NodeId(0, bytes[..count]) : null;
            default:
                return null;
        }
    }
}
