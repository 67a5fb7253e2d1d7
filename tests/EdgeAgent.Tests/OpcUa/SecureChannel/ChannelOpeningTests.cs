using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>Every way in which a channel does not open, or its keys are not renewed.</summary>
public sealed class ChannelOpeningTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly DuplexStream _clientEnd;
    private readonly DuplexStream _serverEnd;
    private readonly ClientChannelSettings _settings = TestSettings.Secured(
        new() { EndpointUrl = new("opc.tcp://plc:4840/UA") }, "Basic256Sha256", "SignAndEncrypt");

    public ChannelOpeningTests() => (_clientEnd, _serverEnd) = DuplexStream.Pair();

    public void Dispose()
    {
        _clientEnd.Dispose();
        _serverEnd.Dispose();
    }

    [Fact]
    public async Task Hello_says_the_url_as_written_and_the_own_limits()
    {
        using var server = new ScriptedServer(_serverEnd, _settings);
        var opening = OpenAsync();
        var hello = await server.AcknowledgeAsync();
        Assert.Equal(Hello.Of(_settings.Limits, "opc.tcp://plc:4840/UA"), hello);
        server.Dispose();
        await FailsAsync(StatusCodes.BadConnectionClosed, opening, "trust");
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", StatusCodes.BadTcpMessageTypeInvalid, "web server")]
    [InlineData("\u0003\u0000garbage", StatusCodes.BadTcpMessageTypeInvalid, "does not speak opc.tcp")]
    [InlineData("MSGF\u0008\0\0\0", StatusCodes.BadTcpMessageTypeInvalid, "answered Hello with")]
    [InlineData("ACKF\u0008\0\0\0", StatusCodes.BadDecodingError, "Acknowledge")]
    [InlineData("ACKF\uFFFF", StatusCodes.BadTcpMessageTooLarge, "agreed")]
    [InlineData("", StatusCodes.BadConnectionClosed, "Is it an OPC UA server?")]
    public async Task A_wrong_answer_to_hello_is_named(string answer, uint status, string says)
    {
        var opening = OpenAsync();
        byte[] bytes = answer.EndsWith('\uFFFF')
            ? [.. "ACKF"u8, 255, 255, 255, 127]
            : System.Text.Encoding.Latin1.GetBytes(answer);
        await _serverEnd.WriteAsync(bytes, Token);
        _serverEnd.Dispose();
        await FailsAsync(status, opening, says);
    }

    [Fact]
    public async Task The_servers_own_reason_is_passed_on()
    {
        var opening = OpenAsync();
        var error = new ErrorMessage(StatusCodes.BadTcpEndpointUrlInvalid, "no such path");
        await _serverEnd.WriteAsync(error.EncodeFrame(), Token);
        await FailsAsync(StatusCodes.BadTcpEndpointUrlInvalid, opening, "no such path");
    }

    [Fact]
    public async Task An_acknowledge_above_what_was_asked_is_refused()
    {
        var opening = OpenAsync();
        await _serverEnd.WriteAsync(new Acknowledge(0, int.MaxValue, int.MaxValue, 0, 0).Encode(), Token);
        await FailsAsync(StatusCodes.BadTcpNotEnoughResources, opening, "SendBufferSize");
    }

    [Fact]
    public async Task Silence_after_open_secure_channel_is_a_time_out()
    {
        using var server = new ScriptedServer(_serverEnd, _settings);
        var opening = OpenAsync();
        await server.AcknowledgeAsync();
        await server.TakeOpenAsync();
        _clock.Advance(_settings.ConnectTimeout + TimeSpan.FromSeconds(1));
        await FailsAsync(StatusCodes.BadTimeout, opening, "OpenSecureChannel was not answered within 10 s");
    }

    [Fact]
    public async Task Another_certificate_than_the_checked_one_is_refused()
    {
        using var server = new ScriptedServer(
            _serverEnd, _settings with { ServerCertificate = TestCertificates.Of("other").RawData })
        {
            CertificateName = "other",
        };
        var settings = _settings with { ServerCertificate = TestCertificates.Of("server").RawData };
        var opening = ClientChannel.OpenAsync(_clientEnd, settings, _clock, Token);
        await server.AcknowledgeAsync();

        // The request is meant for the owner of "server", so an impostor cannot even read it.
        await Assert.ThrowsAsync<OpcUaException>(server.TakeOpenAsync);
        server.Dispose();
        await FailsAsync(StatusCodes.BadConnectionClosed, opening, "");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public async Task A_nonce_of_another_length_is_refused(int length)
    {
        using var server = new ScriptedServer(_serverEnd, _settings) { NonceLength = length };
        var opening = OpenAsync();
        await server.AcknowledgeAsync();
        await server.AnswerOpenAsync(useAtOnce: false);
        await FailsAsync(StatusCodes.BadNonceInvalid, opening, "32");
    }

    [Fact]
    public async Task A_refusal_is_the_servers_code()
    {
        using var server = new ScriptedServer(_serverEnd, _settings);
        var opening = OpenAsync();
        await server.AcknowledgeAsync();
        var (id, request) = await server.TakeOpenAsync();
        Assert.Equal((SecurityTokenRequestType.Issue, 3_600_000u), (request.RequestType, request.RequestedLifetime));
        await server.SendOpenAsync(
            id, new ServiceFault { ResponseHeader = new() { ServiceResult = StatusCodes.BadTcpNotEnoughResources } });
        await FailsAsync(StatusCodes.BadTcpNotEnoughResources, opening, "refused OpenSecureChannel");
    }

    [Theory]
    [InlineData(0u, 7u, StatusCodes.BadTcpSecureChannelUnknown)]
    [InlineData(1u, 0u, StatusCodes.BadProtocolVersionUnsupported)]
    public async Task A_contradiction_in_the_answer_is_refused(uint version, uint channelId, uint status)
    {
        using var server = new ScriptedServer(_serverEnd, _settings);
        var opening = OpenAsync();
        await server.AcknowledgeAsync();
        var (id, _) = await server.TakeOpenAsync();
        await server.SendOpenAsync(id, new OpenSecureChannelResponse
        {
            ServerProtocolVersion = version,
            SecurityToken = new() { ChannelId = channelId, TokenId = 1, RevisedLifetime = 1 },
            ServerNonce = new byte[32],
        });
        await FailsAsync(status, opening, "");
    }

    [Fact]
    public async Task Keys_are_renewed_at_three_quarters_and_the_old_ones_work_until_then()
    {
        using var server = new ScriptedServer(_serverEnd, _settings) { RevisedLifetime = 60_000 };
        await using var channel = await OpenedAsync(server);
        for (var renewal = 1; renewal <= 3; renewal++)
        {
            await RoundTripAsync(channel, server);
            _clock.Advance(TimeSpan.FromSeconds(44.9));
            var before = CallAsync(channel);
            var waiting = (await server.TakeAsync()).RequestId;
            _clock.Advance(TimeSpan.FromSeconds(0.2));

            // The client asks; the server goes on with the old keys until the client has used the new ones.
            var keys = await server.AnswerOpenAsync(useAtOnce: false);
            await server.AnswerAsync(waiting, new GetEndpointsResponse());
            await before;
            var call = CallAsync(channel);
            var id = (await server.TakeAsync()).RequestId;
            Assert.True(server.NewestTokenUsed);
            server.UseNewestToken(keys);
            await server.AnswerAsync(id, new GetEndpointsResponse());
            await call;
            Assert.Equal(renewal, channel.Counters.Renewals);
        }
    }

    [Fact]
    public async Task A_renewal_without_answer_ends_the_channel_when_the_token_ends()
    {
        using var server = new ScriptedServer(_serverEnd, _settings) { RevisedLifetime = 60_000 };
        await using var channel = await OpenedAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(45.1));
        await server.TakeOpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(channel.Closed.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await channel.Closed.WaitAsync(Token);
        Assert.Equal(StatusCodes.BadTimeout, channel.Failure!.Status.Value);
    }

    [Fact]
    public async Task A_refused_renewal_ends_the_channel()
    {
        using var server = new ScriptedServer(_serverEnd, _settings);
        await using var channel = await OpenedAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(46));
        var (id, request) = await server.TakeOpenAsync();
        Assert.Equal(SecurityTokenRequestType.Renew, request.RequestType);
        await server.SendOpenAsync(
            id, new ServiceFault { ResponseHeader = new() { ServiceResult = StatusCodes.BadSecurityChecksFailed } });
        await channel.Closed.WaitAsync(Token);
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, channel.Failure!.Status.Value);
    }

    [Theory]
    [InlineData("None", "Sign")]
    [InlineData("Basic256Sha256", "None")]
    [InlineData("Basic256Sha256", "Invalid")]
    public async Task Policy_and_mode_that_contradict_each_other_are_refused(string policy, string mode)
    {
        var settings = _settings with
        {
            Policy = SecurityPolicy.FindByName(policy)!,
            Mode = Enum.Parse<MessageSecurityMode>(mode),
        };
        var error = await Assert.ThrowsAsync<OpcUaException>(() => ClientChannel.OpenAsync(settings, _clock, Token));
        Assert.Equal(StatusCodes.BadSecurityModeRejected, error.Status.Value);
    }

    [Fact]
    public async Task A_secure_policy_needs_both_certificates()
    {
        var (withoutOwn, withoutServers) =
            (_settings with { Certificate = null }, _settings with { ServerCertificate = null });
        foreach (var one in new[] { withoutOwn, withoutServers })
        {
            var error = await Assert.ThrowsAsync<OpcUaException>(() => ClientChannel.OpenAsync(one, _clock, Token));
            Assert.Equal(StatusCodes.BadNoValidCertificates, error.Status.Value);
        }
    }

    [Theory]
    [InlineData("http://plc:4840")]
    [InlineData("opc.https://plc")]
    [InlineData("plc:4840")]
    [InlineData("/just/a/path")]
    public async Task A_url_of_another_kind_is_refused(string url)
    {
        var settings = _settings with { EndpointUrl = new(url, UriKind.RelativeOrAbsolute) };
        var error = await Assert.ThrowsAsync<OpcUaException>(() => ClientChannel.OpenAsync(settings, _clock, Token));
        Assert.Equal(StatusCodes.BadTcpEndpointUrlInvalid, error.Status.Value);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<GetEndpointsResponse> CallAsync(ClientChannel channel) =>
        channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(new(), TimeSpan.FromMinutes(5), Token);

    private static async Task RoundTripAsync(ClientChannel channel, ScriptedServer server)
    {
        var call = CallAsync(channel);
        await server.AnswerAsync((await server.TakeAsync()).RequestId, new GetEndpointsResponse());
        await call;
    }

    private static async Task FailsAsync(uint status, Task opening, string says)
    {
        var error = await Assert.ThrowsAsync<OpcUaException>(() => opening);
        Assert.Equal(new StatusCode(status), error.Status);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private Task<ClientChannel> OpenAsync() => ClientChannel.OpenAsync(_clientEnd, _settings, _clock, Token);

    private async Task<ClientChannel> OpenedAsync(ScriptedServer server)
    {
        var opening = OpenAsync();
        await server.OpenAsync();
        return await opening;
    }
}
