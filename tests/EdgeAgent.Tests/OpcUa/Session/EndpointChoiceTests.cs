using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class EndpointChoiceTests
{
    private static readonly Uri Url = new("opc.tcp://press1:4840");
    private static readonly UserIdentity Operator = UserIdentity.UserName("operator", [1, 2, 3]);

    private static readonly EndpointDescription None = Endpoint(MessageSecurityMode.None, SecurityPolicy.None);

    private static readonly EndpointDescription[] All =
    [
        None with { SecurityLevel = 255 },
        Endpoint(MessageSecurityMode.Sign, SecurityPolicy.Aes256Sha256RsaPss) with { SecurityLevel = 200 },
        Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Aes128Sha256RsaOaep) with { SecurityLevel = 100 },
        Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Aes256Sha256RsaPss) with { SecurityLevel = 1 },
        Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Basic256Sha256) with { SecurityLevel = 90 },
    ];

    [Fact]
    public void The_strongest_encryption_is_chosen_whatever_the_server_says_of_its_levels()
    {
        var chosen = EndpointChoice.Choose(All, new() { Url = Url });

        Assert.Equal(SecurityPolicy.Aes256Sha256RsaPss, chosen.Policy);
        Assert.Equal(MessageSecurityMode.SignAndEncrypt, chosen.Endpoint.SecurityMode);
    }

    [Theory]
    [InlineData(null, MessageSecurityMode.Sign, "Aes256_Sha256_RsaPss", MessageSecurityMode.Sign)]
    [InlineData("Basic256Sha256", null, "Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("None", null, "None", MessageSecurityMode.None)]
    [InlineData(null, MessageSecurityMode.None, "None", MessageSecurityMode.None)]
    [InlineData("None", MessageSecurityMode.None, "None", MessageSecurityMode.None)]
    public void What_the_settings_name_is_chosen(
        string? policy, MessageSecurityMode? mode, string expectedPolicy, MessageSecurityMode expectedMode)
    {
        var chosen = EndpointChoice.Choose(
            All, new() { Url = Url, Policy = SecurityPolicy.FindByName(policy), Mode = mode });

        Assert.Equal((expectedPolicy, expectedMode), (chosen.Policy.Name, chosen.Endpoint.SecurityMode));
    }

    [Fact]
    public void Without_encryption_nothing_is_chosen_unless_it_is_asked_for()
    {
        var error = Assert.Throws<OpcUaException>(() => EndpointChoice.Choose([None], new() { Url = Url }));

        Assert.Equal(StatusCodes.BadSecurityModeRejected, error.Status.Value);
        Assert.Contains("The server offers: None (anonymous, user name).", error.Message, StringComparison.Ordinal);
        Assert.Contains("None is asked for by name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deprecated_policy_is_no_choice_and_is_named()
    {
        var old = Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Basic256Sha256) with
        {
            SecurityPolicyUri = "http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15",
        };

        var error = Assert.Throws<OpcUaException>(() => EndpointChoice.Choose([old], new() { Url = Url }));

        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, error.Status.Value);
        Assert.Contains("Basic128Rsa15 (not supported)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None", MessageSecurityMode.Sign)]
    [InlineData("None", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Basic256Sha256", MessageSecurityMode.None)]
    public void Settings_that_contradict_themselves_are_refused(string policy, MessageSecurityMode mode)
    {
        var error = Assert.Throws<OpcUaException>(() => EndpointChoice.Choose(
            All, new() { Url = Url, Policy = SecurityPolicy.FindByName(policy), Mode = mode }));

        Assert.Equal(StatusCodes.BadSecurityModeRejected, error.Status.Value);
    }

    [Theory]
    [InlineData(MessageSecurityMode.SignAndEncrypt, "None", true)]
    [InlineData(MessageSecurityMode.SignAndEncrypt, "", true)]
    [InlineData(MessageSecurityMode.SignAndEncrypt, "Basic256Sha256", true)]
    [InlineData(MessageSecurityMode.SignAndEncrypt, "Basic128Rsa15", false)]
    [InlineData(MessageSecurityMode.Sign, "None", false)]
    [InlineData(MessageSecurityMode.Sign, "", true)]
    [InlineData(MessageSecurityMode.Sign, "Basic256Sha256", true)]
    [InlineData(MessageSecurityMode.None, "None", false)]
    [InlineData(MessageSecurityMode.None, "", false)]
    [InlineData(MessageSecurityMode.None, "Basic256Sha256", false)]
    public void A_password_only_travels_where_nobody_else_can_read_it(
        MessageSecurityMode mode, string tokenPolicy, bool isAllowed)
    {
        var policy = mode == MessageSecurityMode.None ? SecurityPolicy.None : SecurityPolicy.Aes256Sha256RsaPss;
        var endpoint = Endpoint(mode, policy) with
        {
            UserIdentityTokens = [Token(UserTokenType.UserName, tokenPolicy)],
        };
        var settings = new ConnectSettings { Url = Url, Mode = mode, Identity = Operator };

        if (isAllowed)
        {
            Assert.Equal(UserTokenType.UserName, EndpointChoice.Choose([endpoint], settings).Token.TokenType);
        }
        else
        {
            var error = Assert.Throws<OpcUaException>(() => EndpointChoice.Choose([endpoint], settings));
            Assert.Equal(StatusCodes.BadIdentityTokenRejected, error.Status.Value);
        }
    }

    [Fact]
    public void The_strongest_protection_of_the_secret_is_chosen()
    {
        var endpoint = Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Basic256Sha256) with
        {
            UserIdentityTokens =
            [
                Token(UserTokenType.UserName, "None"),
                Token(UserTokenType.UserName, "Aes256_Sha256_RsaPss"),
                Token(UserTokenType.UserName, ""),
            ],
        };

        var chosen = EndpointChoice.Choose([endpoint], new() { Url = Url, Identity = Operator });

        Assert.Equal(SecurityPolicy.Aes256Sha256RsaPss, chosen.TokenPolicy);
        Assert.Equal("UserName Aes256_Sha256_RsaPss", chosen.Token.PolicyId);
    }

    [Fact]
    public void An_endpoint_that_takes_the_user_goes_before_a_stronger_one_that_does_not()
    {
        var strong = Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Aes256Sha256RsaPss) with
        {
            UserIdentityTokens = [Token(UserTokenType.Anonymous, "")],
        };

        var chosen = EndpointChoice.Choose([strong, All[4]], new() { Url = Url, Identity = Operator });

        Assert.Equal(SecurityPolicy.Basic256Sha256, chosen.Policy);
    }

    [Fact]
    public void Among_equal_endpoints_that_of_the_users_url_is_chosen()
    {
        var elsewhere = All[3] with { EndpointUrl = "opc.tcp://other:4840" };

        var chosen = EndpointChoice.Choose([elsewhere, All[3]], new() { Url = Url });

        Assert.Equal("opc.tcp://press1:4840", chosen.Endpoint.EndpointUrl);
    }

    [Fact]
    public void Other_transports_are_no_choice()
    {
        var https = All[3] with
        {
            EndpointUrl = "https://press1:443",
            TransportProfileUri = "http://opcfoundation.org/UA-Profile/Transport/https-uabinary",
        };

        var error = Assert.Throws<OpcUaException>(() => EndpointChoice.Choose([https], new() { Url = Url }));

        Assert.Equal(StatusCodes.BadNotSupported, error.Status.Value);
    }

    internal static EndpointDescription Endpoint(MessageSecurityMode mode, SecurityPolicy policy) => new()
    {
        EndpointUrl = "opc.tcp://press1:4840",
        SecurityMode = mode,
        SecurityPolicyUri = policy.Uri,
        TransportProfileUri = EndpointChoice.TransportProfile,
        UserIdentityTokens = [Token(UserTokenType.Anonymous, ""), Token(UserTokenType.UserName, "")],
    };

    internal static UserTokenPolicy Token(UserTokenType type, string policy) => new()
    {
        PolicyId = $"{type} {policy}",
        TokenType = type,
        SecurityPolicyUri = policy.Length == 0 ? null : $"http://opcfoundation.org/UA/SecurityPolicy#{policy}",
    };
}
