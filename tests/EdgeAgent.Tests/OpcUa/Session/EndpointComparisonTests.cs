using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class EndpointComparisonTests
{
    private static readonly EndpointDescription Weak =
        EndpointChoiceTests.Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Aes128Sha256RsaOaep);

    private static readonly EndpointDescription Strong =
        EndpointChoiceTests.Endpoint(MessageSecurityMode.SignAndEncrypt, SecurityPolicy.Aes256Sha256RsaPss);

    [Fact]
    public void The_same_offers_agree_in_any_order_and_under_any_url()
    {
        var renamed = Weak with
        {
            EndpointUrl = "opc.tcp://192.0.2.1:4840/",
            Server = new() { ApplicationUri = "urn:x" },
        };

        EndpointComparison.Check([Weak, Strong], [Strong, renamed], Weak);
    }

    [Fact]
    public void An_endpoint_that_was_taken_out_on_the_way_is_noticed()
    {
        var error = Assert.Throws<OpcUaException>(() => EndpointComparison.Check([Weak], [Weak, Strong], Weak));

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, error.Status.Value);
        Assert.Contains("Aes256_Sha256_RsaPss", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_was_put_in_on_the_way_is_noticed() =>
        Assert.Throws<OpcUaException>(() => EndpointComparison.Check([Weak, Strong], [Strong], Strong));

    [Fact]
    public void A_server_that_confirms_nothing_is_refused() =>
        Assert.Throws<OpcUaException>(() => EndpointComparison.Check([Weak], [], Weak));

    [Fact]
    public void Ways_to_log_in_that_were_changed_on_the_way_are_noticed()
    {
        var open = Weak with { UserIdentityTokens = [EndpointChoiceTests.Token(UserTokenType.UserName, "None")] };

        Assert.Throws<OpcUaException>(() => EndpointComparison.Check([open], [Weak], open));
    }
}
