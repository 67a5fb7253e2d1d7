using System.Net.Sockets;
using System.Text;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Each misbehaviour that the small server can be told looks to a client as it is meant to.</summary>
public sealed class ServerFaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dropped_connection_leaves_the_session_alive(bool withReset)
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();

        host.Server.Faults.DropConnections(withReset);
        await session.Closed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        await session.ReactivateAsync(Cancelled);

        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
    }

    [Fact]
    public async Task A_stalled_server_keeps_silent_and_answers_when_it_goes_on()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync(host.Settings with { RequestTimeout = Short });
        host.Server.Faults.Stall();
        Assert.Equal(
            new StatusCode(StatusCodes.BadTimeout), await ServerHost.FailureAsync(() => ServerHost.ReadAsync(session)));
        Assert.False(session.Closed.IsCompleted);

        host.Server.Faults.Resume();

        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
        Assert.Equal(1, session.Channel.Counters.LateAnswers);
    }

    [Fact]
    public async Task A_stalled_server_can_be_disposed_of()
    {
        var host = new ServerHost();
        await using var session = await host.ConnectAsync(host.Settings with { RequestTimeout = Short });
        host.Server.Faults.Stall();
        await ServerHost.FailureAsync(() => ServerHost.ReadAsync(session));

        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        await session.Closed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    [Fact]
    public async Task Answers_out_of_order_find_their_requests()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();
        host.Server.Faults.SpoilNextResponse(ResponseFault.Late, ReadResponse.EncodingId);

        var first = session.ReadOneAsync(new(2258));
        var second = session.ReadOneAsync(new(2259));

        Assert.Equal(BuiltInType.DateTime, (await first).Value.Type);
        Assert.Equal(BuiltInType.Int32, (await second).Value.Type);
    }

    [Fact]
    public async Task A_delayed_answer_is_late()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync(host.Settings with { RequestTimeout = Short });
        host.Server.Faults.ResponseDelay = 2 * Short;

        Assert.Equal(
            new StatusCode(StatusCodes.BadTimeout), await ServerHost.FailureAsync(() => ServerHost.ReadAsync(session)));
        await Eventually.TrueAsync(() => session.Channel.Counters.LateAnswers == 1);
    }

    [Theory]
    [InlineData(ResponseFault.Aborted, StatusCodes.BadInternalError, false)]
    [InlineData(ResponseFault.Lost, StatusCodes.BadTimeout, false)]
    [InlineData(ResponseFault.WrongToken, StatusCodes.BadSecureChannelTokenUnknown, true)]
    [InlineData(ResponseFault.Garbage, StatusCodes.BadTcpMessageTypeInvalid, true)]
    public async Task A_spoilt_answer_fails_its_request(ResponseFault fault, uint expected, bool isClosed)
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync(host.Settings with { RequestTimeout = 2 * Short });
        host.Server.Faults.SpoilNextResponse(fault, ReadResponse.EncodingId);

        Assert.Equal(new StatusCode(expected), await ServerHost.FailureAsync(() => ServerHost.ReadAsync(session)));

        Assert.Equal(isClosed, session.Closed.IsCompleted);
        if (!isClosed)
        {
            Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
        }
    }

    [Fact]
    public async Task An_answer_that_comes_twice_ends_the_channel()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();
        host.Server.Faults.SpoilNextResponse(ResponseFault.Twice, ReadResponse.EncodingId);

        await ServerHost.ReadAsync(session);

        await session.Closed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(new StatusCode(StatusCodes.BadUnknownResponse), session.Failure!.Status);
    }

    [Fact]
    public async Task A_restart_reorders_namespaces_and_forgets_sessions()
    {
        await using var host = new ServerHost();
        host.Space.Set(host.Counter, 7, StatusCodes.Good, default);
        var session = await host.ConnectAsync();
        var before = ServerHost.CounterOf(session);
        var started = await session.ReadOneAsync(new(2257));

        host.Server.Faults.Restart([NamespaceUris.OpcUa, "urn:test:other", "urn:test:new", ServerHost.Plant]);

        await session.Closed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(
            new StatusCode(StatusCodes.BadSessionIdInvalid),
            await ServerHost.FailureAsync(() => session.ReactivateAsync(Cancelled)));
        await session.DisposeAsync();
        await using var next = await host.ConnectAsync();
        Assert.Equal((ushort)3, ServerHost.CounterOf(next).NamespaceIndex);
        Assert.Equal(Variant.From(7u), (await ServerHost.ReadAsync(next)).Value);
        Assert.NotEqual(Variant.From(7u), (await next.ReadOneAsync(before)).Value);
        Assert.True((await next.ReadOneAsync(new(2257))).Value.Bits > started.Value.Bits);
    }

    [Fact]
    public async Task A_server_that_is_down_breaks_connections()
    {
        await using var host = new ServerHost();
        host.Server.Faults.Restart(downtime: TimeSpan.FromMinutes(5));
        await ServerHost.FailureAsync(async () => await host.ConnectAsync());

        host.Server.Faults.Restart();

        await using var session = await host.ConnectAsync();
        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
    }

    [Fact]
    public async Task Subscriptions_can_be_lost_or_kept_without_their_session()
    {
        await using var host = new ServerHost();
        var session = await host.ConnectAsync();
        var subscription = await SubscribeAsync(session);
        host.Server.Faults.Restart(keepsSubscriptions: true);
        await session.DisposeAsync();

        await using var next = await host.ConnectAsync();
        var kept = await next.TransferSubscriptionsAsync([subscription], true, Cancelled);
        Assert.Equal(StatusCode.Good, kept[0].StatusCode);
        Assert.Equal(1, host.Server.Counts.Subscriptions);

        host.Server.Faults.LoseSubscriptions();
        var lost = await next.TransferSubscriptionsAsync([subscription], true, Cancelled);
        Assert.Equal(new StatusCode(StatusCodes.BadSubscriptionIdInvalid), lost[0].StatusCode);
    }

    [Fact]
    public async Task A_lost_session_is_not_known_again()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();

        host.Server.Faults.LoseSessions();

        Assert.Equal(
            new StatusCode(StatusCodes.BadSessionIdInvalid),
            await ServerHost.FailureAsync(() => ServerHost.ReadAsync(session)));
    }

    [Fact]
    public async Task A_forced_status_is_served()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();

        host.Server.Faults.ForceStatus(StatusCodes.BadDeviceFailure, host.Counter);
        Assert.Equal(new StatusCode(StatusCodes.BadDeviceFailure), (await ServerHost.ReadAsync(session)).Status);

        host.Server.Faults.ForceStatus(null, host.Counter);
        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
    }

    [Fact]
    public async Task A_service_can_be_refused_and_its_size_limited()
    {
        await using var host = new ServerHost();
        await using var session = await host.ConnectAsync();
        host.Server.Faults.Refuse(StatusCodes.BadServiceUnsupported, CreateSubscriptionRequest.EncodingId);
        Assert.Equal(
            new StatusCode(StatusCodes.BadServiceUnsupported),
            await ServerHost.FailureAsync(() => SubscribeAsync(session)));

        host.Server.Faults.RefuseNothing();
        Assert.NotEqual(0u, await SubscribeAsync(session));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_shows()
    {
        await using var host = new ServerHost();
        host.Server.Faults.ClockOffset = TimeSpan.FromHours(-3);

        await using var session = await host.ConnectAsync();

        Assert.InRange(Math.Abs((session.ClockOffset - TimeSpan.FromHours(-3)).TotalMinutes), 0, 1);
    }

    [Fact]
    public async Task Short_lived_keys_are_renewed_again_and_again()
    {
        await using var host = new ServerHost();
        host.Server.Faults.ChannelLifetime = TimeSpan.FromSeconds(1);
        await using var session = await host.ConnectAsync(
            host.Settings with { Policy = SecurityPolicy.Aes256Sha256RsaPss });

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
            return session.Channel.Counters.Renewals >= 3;
        });
    }

    [Fact]
    public async Task A_renewed_certificate_is_another_one()
    {
        await using var host = new ServerHost();
        var settings = host.Settings with { Policy = SecurityPolicy.Basic256Sha256 };
        await using var before = await host.ConnectAsync(settings);

        using var renewed = host.Server.Faults.RenewCertificate();

        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(before)).Status);
        Assert.Equal(
            new StatusCode(StatusCodes.BadCertificateUntrusted),
            await ServerHost.FailureAsync(() => host.ConnectAsync(settings)));
        host.Client.Trust(renewed.RawData);
        await using var after = await host.ConnectAsync(settings);
        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(after)).Status);
    }

    [Fact]
    public async Task A_client_that_is_not_accepted_gets_no_channel()
    {
        await using var host = new ServerHost(new() { AcceptsClientCertificate = _ => false });

        Assert.Equal(
            new StatusCode(StatusCodes.BadSecurityChecksFailed),
            await ServerHost.FailureAsync(
                () => host.ConnectAsync(host.Settings with { Policy = SecurityPolicy.Basic256Sha256 })));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("MSGF\x10\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("HELF\xFF\xFF\xFF\x7F")]
    [InlineData("HELF\x08\0\0\0")]
    public async Task Nonsense_is_answered_with_an_error_and_the_end(string text)
    {
        await using var host = new ServerHost();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Server.Port, Cancelled);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancelled);

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, Cancelled);
        Assert.Equal("ERRF"u8, answer.ToArray().AsSpan(0, 4));
    }

    [Fact]
    public async Task Connections_are_bounded()
    {
        await using var host = new ServerHost(new() { Limits = new() { Connections = 1 } });
        await using var session = await host.ConnectAsync();
        using var client = new TcpClient();

        // The reset may come as soon as while the client still connects.
        var failure = await Record.ExceptionAsync(async () =>
        {
            await client.ConnectAsync("127.0.0.1", host.Server.Port, Cancelled);
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], Cancelled));
        });

        Assert.True(failure is null or IOException or SocketException, failure?.ToString());
        Assert.Equal(StatusCode.Good, (await ServerHost.ReadAsync(session)).Status);
    }

    private static async Task<uint> SubscribeAsync(EdgeAgent.OpcUa.Session.ClientSession session) =>
        (await session.CreateSubscriptionAsync(
            new()
            {
                RequestedPublishingInterval = 100,
                RequestedLifetimeCount = 1_000,
                RequestedMaxKeepAliveCount = 10,
                PublishingEnabled = true,
            },
            Cancelled)).SubscriptionId;
}
