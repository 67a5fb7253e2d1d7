using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// Decides which of the offered endpoints is used. The ranking is ours: the server's SecurityLevel is a number that
/// whoever stands in between can change, like everything that arrives before a channel is secured.
/// </summary>
public static class EndpointChoice
{
    /// <summary>The only transport that is spoken here (Part 7, UA-TCP UA-SC UA-Binary).</summary>
    public const string TransportProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>The strongest endpoint that allows what the settings ask for.</summary>
    /// <exception cref="OpcUaException">None does; the message says what the server offers.</exception>
    public static ChosenEndpoint Choose(IReadOnlyList<EndpointDescription> offered, ConnectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(offered);
        ArgumentNullException.ThrowIfNull(settings);
        var (policy, mode) = Wanted(settings);
        var usable = offered.Where(IsBinary).ToList();
        if (usable.Count == 0)
        {
            throw new OpcUaException(
                StatusCodes.BadNotSupported,
                $"The server at {settings.Url} offers no endpoint for opc.tcp"
                + $"{(offered.Count == 0 ? "" : ", only others")}.");
        }

        var fitting = usable
            .Where(endpoint => endpoint.SecurityMode == mode)
            .Select(endpoint => (Endpoint: endpoint, Policy: SecurityPolicy.Find(endpoint.SecurityPolicyUri)))
            .Where(pair => pair.Policy is { } known && (policy is null ? known.IsSecure : known == policy))
            .OrderByDescending(pair => pair.Policy!.Strength)
            .ThenByDescending(pair => IsAt(pair.Endpoint, settings.Url))
            .ToList();
        if (fitting.Count == 0)
        {
            throw Nothing(usable, settings, policy, mode);
        }

        foreach (var (endpoint, channelPolicy) in fitting)
        {
            if (ChooseToken(endpoint, channelPolicy!, mode, settings.Identity.TokenType) is var (token, tokenPolicy))
            {
                return new(endpoint, channelPolicy!, token, tokenPolicy);
            }
        }

        throw NoToken(usable, settings.Identity.TokenType, mode);
    }

    /// <summary>"SignAndEncrypt Basic256Sha256 (anonymous, user name)", for people.</summary>
    public static string Describe(EndpointDescription endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var tokens = endpoint.UserIdentityTokens.Select(token => Describe(token.TokenType)).Distinct();
        var uri = endpoint.SecurityPolicyUri ?? "";
        var policy = SecurityPolicy.Find(uri) is { } known
            ? known.Name
            : $"{uri[(uri.LastIndexOf('#') + 1)..]} (not supported)";
        var security = endpoint.SecurityMode == MessageSecurityMode.None ? "None" : $"{endpoint.SecurityMode} {policy}";
        return $"{security} ({string.Join(", ", tokens)})";
    }

    internal static bool IsBinary(EndpointDescription endpoint) =>
        string.IsNullOrEmpty(endpoint.TransportProfileUri)
            ? endpoint.EndpointUrl?.StartsWith("opc.tcp:", StringComparison.OrdinalIgnoreCase) == true
            : endpoint.TransportProfileUri == TransportProfile;

    private static (SecurityPolicy? Policy, MessageSecurityMode Mode) Wanted(ConnectSettings settings)
    {
        switch (settings.Policy, settings.Mode)
        {
            case ({ IsSecure: false }, null or MessageSecurityMode.None):
            case (null, MessageSecurityMode.None):
                return (SecurityPolicy.None, MessageSecurityMode.None);
            case (null or { IsSecure: true }, null or MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt):
                return (settings.Policy, settings.Mode ?? MessageSecurityMode.SignAndEncrypt);
            default:
                throw new OpcUaException(
                    StatusCodes.BadSecurityModeRejected,
                    $"The policy {settings.Policy} and the mode {settings.Mode} exclude each other: "
                    + "the policy None has the mode None, all others have Sign or SignAndEncrypt.");
        }
    }

    // Part 4, 7.42: a token without a policy of its own is protected by the channel's.
    private static (UserTokenPolicy Token, SecurityPolicy Policy)? ChooseToken(
        EndpointDescription endpoint, SecurityPolicy channelPolicy, MessageSecurityMode mode, UserTokenType type)
    {
        (UserTokenPolicy Token, SecurityPolicy Policy)? best = null;
        foreach (var token in endpoint.UserIdentityTokens.Where(token => token.TokenType == type))
        {
            var policy = string.IsNullOrEmpty(token.SecurityPolicyUri)
                ? channelPolicy
                : SecurityPolicy.Find(token.SecurityPolicyUri);
            if (policy is not null && Protects(type, policy, channelPolicy, mode)
                && (best is null || policy.Strength > best.Value.Policy.Strength))
            {
                best = (token, policy);
            }
        }

        return best;
    }

    private static bool Protects(
        UserTokenType type, SecurityPolicy tokenPolicy, SecurityPolicy channelPolicy, MessageSecurityMode mode) =>
        type switch
        {
            UserTokenType.Anonymous => true,

            // Encrypted for a server whose certificate has been checked, which happens on a secured channel only; or,
            // where the token has no encryption of its own, inside a channel that nobody else can read.
            UserTokenType.UserName => channelPolicy.IsSecure
                && (tokenPolicy.IsSecure || mode == MessageSecurityMode.SignAndEncrypt),

            // A signature needs an algorithm.
            _ => tokenPolicy.IsSecure,
        };

    // Among endpoints of equal strength: the one that the user's URL names.
    private static bool IsAt(EndpointDescription endpoint, Uri url) =>
        Uri.TryCreate(endpoint.EndpointUrl, UriKind.Absolute, out var announced)
        && string.Equals(announced.Host, url.Host, StringComparison.OrdinalIgnoreCase)
        && announced.Port == url.Port
        && (url.AbsolutePath == "/" || announced.AbsolutePath == url.AbsolutePath);

    private static OpcUaException Nothing(
        List<EndpointDescription> usable, ConnectSettings settings, SecurityPolicy? policy, MessageSecurityMode mode)
    {
        var offer = $"The server offers: {Offer(usable)}.";
        if (mode == MessageSecurityMode.None)
        {
            return new(
                StatusCodes.BadSecurityModeRejected, $"The server does not allow a channel without security. {offer}");
        }

        var wanted = policy is null ? $"a supported policy in the mode {mode}" : $"{mode} {policy}";
        var isAskedFor = settings.Policy is not null || settings.Mode is not null;
        var remedy = usable.Any(endpoint => endpoint.SecurityMode == MessageSecurityMode.None) && !isAskedFor
            ? " Without security everybody in the network can read and change what is sent; it is used only if the "
                + "policy None is asked for by name."
            : "";
        return new(
            usable.Any(endpoint => endpoint.SecurityMode == mode)
                ? StatusCodes.BadSecurityPolicyRejected
                : StatusCodes.BadSecurityModeRejected,
            $"The server does not offer {wanted}. {offer}{remedy}");
    }

    private static OpcUaException NoToken(
        List<EndpointDescription> usable, UserTokenType type, MessageSecurityMode mode) =>
        new(
            StatusCodes.BadIdentityTokenRejected,
            type == UserTokenType.UserName && mode == MessageSecurityMode.None
                ? "A password is never sent over a channel without security; use a policy other than None. "
                    + $"The server offers: {Offer(usable)}."
                : $"The server offers no safe log-in by {Describe(type)} there. It offers: {Offer(usable)}.");

    private static string Offer(IEnumerable<EndpointDescription> endpoints) =>
        string.Join("; ", endpoints.Select(Describe).Distinct());

    private static string Describe(UserTokenType type) => type switch
    {
        UserTokenType.Anonymous => "anonymous",
        UserTokenType.UserName => "user name",
        UserTokenType.Certificate => "certificate",
        _ => "issued token",
    };
}
