using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What the server says of itself (Part 4, 7.2 and 7.14).</summary>
internal static class EndpointList
{
    public const string AnonymousPolicy = "anonymous";
    public const string UserNamePolicy = "username";
    public const string CertificatePolicy = "certificate";

    private const string TcpProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    public static ApplicationDescription Application(ServerState state) => new()
    {
        ApplicationUri = state.Settings.ApplicationUri,
        ProductUri = "urn:edgeagent",
        ApplicationName = new("en", state.Settings.ApplicationName),
        ApplicationType = ApplicationType.Server,
        DiscoveryUrls = [state.EndpointUrl],
    };

    public static IReadOnlyList<EndpointDescription> Of(ServerState state) =>
        [.. state.Settings.Endpoints.Select(endpoint => Of(state, endpoint))];

    private static EndpointDescription Of(ServerState state, EndpointSecurity security) => new()
    {
        EndpointUrl = state.EndpointUrl,
        Server = Application(state),
        ServerCertificate = state.Certificate.RawData,
        SecurityMode = security.Mode,
        SecurityPolicyUri = security.Policy.Uri,
        UserIdentityTokens = Tokens(state.Settings, security),
        TransportProfileUri = TcpProfile,
        SecurityLevel = (byte)((2 * security.Policy.Strength)
            + (security.Mode == MessageSecurityMode.SignAndEncrypt ? 1 : 0)),
    };

    private static List<UserTokenPolicy> Tokens(ServerSettings settings, EndpointSecurity security)
    {
        var tokens = new List<UserTokenPolicy>();
        if (settings.AllowsAnonymous)
        {
            tokens.Add(new() { PolicyId = AnonymousPolicy, TokenType = UserTokenType.Anonymous });
        }

        // Under None the channel hides nothing, so passwords and user signatures get a policy of their own.
        var own = security.Policy.IsSecure ? null : SecurityPolicy.Basic256Sha256.Uri;
        if (settings.Users.Count > 0)
        {
            tokens.Add(new()
            {
                PolicyId = UserNamePolicy,
                TokenType = UserTokenType.UserName,
                SecurityPolicyUri = own,
            });
        }

        if (settings.AcceptsUserCertificate is not null)
        {
            tokens.Add(new()
            {
                PolicyId = CertificatePolicy,
                TokenType = UserTokenType.Certificate,
                SecurityPolicyUri = own,
            });
        }

        return tokens;
    }
}
