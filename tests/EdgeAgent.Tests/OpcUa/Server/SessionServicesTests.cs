using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class SessionServicesTests : IDisposable
{
    private readonly ServerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Anyone_may_ask_for_the_endpoints()
    {
        var endpoints = _rig.Call<GetEndpointsRequest, GetEndpointsResponse>(
            new() { RequestHeader = _rig.Header }).Endpoints;

        Assert.Equal(EndpointSecurity.All.Count, endpoints.Count);
        Assert.Equal(7, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.ServerCertificate));
        var strongest = endpoints.MaxBy(endpoint => endpoint.SecurityLevel)!;
        Assert.Equal(
            (SecurityPolicy.Aes256Sha256RsaPss.Uri, MessageSecurityMode.SignAndEncrypt),
            (strongest.SecurityPolicyUri, strongest.SecurityMode));
    }

    [Fact]
    public void The_server_finds_itself_by_its_uri()
    {
        IReadOnlyList<ApplicationDescription> Find(params IReadOnlyList<string?> uris) =>
            _rig.Call<FindServersRequest, FindServersResponse>(
                new() { RequestHeader = _rig.Header, ServerUris = uris }).Servers;

        Assert.Single(Find());
        Assert.Single(Find("urn:edgeagent:simulator"));
        Assert.Empty(Find("urn:other"));
    }

    [Fact]
    public void Nothing_is_served_without_an_active_session()
    {
        Assert.Equal(new StatusCode(StatusCodes.BadSessionIdInvalid), ReadFault());
        _rig.Token = _rig.Call<CreateSessionRequest, CreateSessionResponse>(
            new() { RequestHeader = _rig.Header, RequestedSessionTimeout = 10_000 }).AuthenticationToken;

        Assert.Equal(new StatusCode(StatusCodes.BadSessionNotActivated), ReadFault());
    }

    [Fact]
    public void A_session_is_of_its_channel_until_it_is_activated_on_another()
    {
        _rig.Open();
        _rig.Connection = new(_rig.Core);
        Assert.Equal(new StatusCode(StatusCodes.BadSecureChannelIdInvalid), ReadFault());

        _rig.Call<ActivateSessionRequest, ActivateSessionResponse>(new() { RequestHeader = _rig.Header });

        Assert.Equal(StatusCode.Good, _rig.Read(new(2258)).Status);
    }

    [Fact]
    public void A_session_survives_its_connection()
    {
        _rig.Open();
        _rig.Core.Closed(_rig.Connection);
        _rig.Connection = new(_rig.Core);

        _rig.Call<ActivateSessionRequest, ActivateSessionResponse>(new() { RequestHeader = _rig.Header });

        Assert.Equal(StatusCode.Good, _rig.Read(new(2258)).Status);
    }

    [Fact]
    public void A_silent_session_ends_after_its_timeout()
    {
        _rig.Open(timeout: 1_000);
        _rig.Advance(900);
        Assert.Equal(StatusCode.Good, _rig.Read(new(2258)).Status);
        _rig.Advance(900);
        Assert.Equal(StatusCode.Good, _rig.Read(new(2258)).Status);
        _rig.Advance(1_200);

        Assert.Equal(new StatusCode(StatusCodes.BadSessionIdInvalid), ReadFault());
    }

    [Fact]
    public void A_closed_session_is_gone_with_its_subscriptions()
    {
        _rig.Open();
        _rig.Subscribe();

        _rig.Call<CloseSessionRequest, CloseSessionResponse>(
            new() { RequestHeader = _rig.Header, DeleteSubscriptions = true });

        Assert.Empty(_rig.Core.State.Subscriptions);
        Assert.Equal(new StatusCode(StatusCodes.BadSessionIdInvalid), ReadFault());
    }

    [Fact]
    public void Sessions_are_bounded()
    {
        using var rig = new ServerRig(new() { Limits = new() { Sessions = 1 } });
        rig.Open();

        Assert.Equal(
            new StatusCode(StatusCodes.BadTooManySessions),
            Assert.Throws<OpcUaException>(() => rig.Open()).Status);
    }

    [Fact]
    public void A_policy_that_is_not_offered_gets_no_session()
    {
        using var rig = new ServerRig(new() { Endpoints = EndpointSecurity.All.Skip(1).ToList() });

        Assert.Equal(
            new StatusCode(StatusCodes.BadSecurityModeRejected),
            Assert.Throws<OpcUaException>(() => rig.Open()).Status);
    }

    [Fact]
    public void Nobody_is_anonymous_where_names_are_asked_for()
    {
        using var rig = new ServerRig(new() { AllowsAnonymous = false });

        Assert.Equal(
            new StatusCode(StatusCodes.BadIdentityTokenRejected),
            Assert.Throws<OpcUaException>(() => rig.Open()).Status);
    }

    [Fact]
    public void A_password_is_not_taken_in_the_clear()
    {
        using var rig = new ServerRig(new() { Users = new Dictionary<string, string> { ["operator"] = "secret" } });
        rig.Open();

        Assert.Equal(
            new StatusCode(StatusCodes.BadIdentityTokenInvalid),
            rig.Fault<ActivateSessionRequest, ActivateSessionResponse>(new()
            {
                RequestHeader = rig.Header,
                UserIdentityToken = ExtensionObject.Of(new UserNameIdentityToken
                {
                    PolicyId = "username",
                    UserName = "operator",
                    Password = "secret"u8.ToArray(),
                }),
            }));
    }

    [Fact]
    public void Unknown_services_and_refused_ones_say_so()
    {
        _rig.Open();
        _rig.Core.State.Faults.Refused[CreateSubscriptionRequest.EncodingId] = StatusCodes.BadServiceUnsupported;

        Assert.Equal(
            new StatusCode(StatusCodes.BadServiceUnsupported),
            Assert.Throws<OpcUaException>(() => _rig.Subscribe()).Status);
        Assert.Equal(StatusCode.Good, _rig.Read(new(2258)).Status);
    }

    private StatusCode ReadFault() => _rig.Fault<ReadRequest, ReadResponse>(new()
    {
        RequestHeader = _rig.Header,
        NodesToRead = [new() { NodeId = new(2258), AttributeId = AttributeIds.Value }],
    });
}
