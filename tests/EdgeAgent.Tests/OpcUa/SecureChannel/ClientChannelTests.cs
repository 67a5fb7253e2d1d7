using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class ClientChannelTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DuplexStream _clientEnd;
    private readonly DuplexStream _serverEnd;
    private ClientChannelSettings _settings = new() { EndpointUrl = new("opc.tcp://plc:4840/UA"), MaxPending = 3 };

    public ClientChannelTests() => (_clientEnd, _serverEnd) = DuplexStream.Pair();

    public void Dispose()
    {
        _clientEnd.Dispose();
        _serverEnd.Dispose();
    }

    [Theory]
    [InlineData("None", "None")]
    [InlineData("Basic256Sha256", "Sign")]
    [InlineData("Aes128_Sha256_RsaOaep", "SignAndEncrypt")]
    [InlineData("Aes256_Sha256_RsaPss", "SignAndEncrypt")]
    public async Task A_call_is_answered_under_every_policy(string policy, string mode)
    {
        var (channel, server) = await OpenAsync(policy, mode);
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        var (id, encodingId, header) = await server.TakeAsync();
        Assert.Equal(GetEndpointsRequest.EncodingId, encodingId);
        Assert.Equal(_clock.GetUtcNow(), header.Timestamp.ToUtc());
        Assert.Equal((5_000u, id), (header.TimeoutHint, header.RequestHandle));

        await server.AnswerAsync(id, new GetEndpointsResponse { Endpoints = [new() { EndpointUrl = "opc.tcp://x" }] });
        Assert.Equal("opc.tcp://x", Assert.Single((await call).Endpoints).EndpointUrl);
        Assert.Equal(ScriptedServer.ChannelId, channel.ChannelId);
        Assert.Equal((1, 1), (channel.Counters.Requests, channel.Counters.Responses));
    }

    [Fact]
    public async Task Answers_may_come_out_of_order()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var (first, second) = (CallAsync(channel), CallAsync(channel));
        var (firstId, secondId) = ((await server.TakeAsync()).RequestId, (await server.TakeAsync()).RequestId);
        await server.AnswerAsync(secondId, new GetEndpointsResponse { Endpoints = [new(), new()] });
        await server.AnswerAsync(firstId, new GetEndpointsResponse { Endpoints = [new()] });
        Assert.Equal((1, 2), ((await first).Endpoints.Count, (await second).Endpoints.Count));
    }

    [Fact]
    public async Task Long_messages_travel_in_chunks_both_ways()
    {
        _settings = _settings with { Limits = new() { ChunkBytes = 8_192 } };
        var (channel, server) = await OpenAsync("Aes256_Sha256_RsaPss", "SignAndEncrypt");
        await using var _ = channel;
        using var __ = server;
        var url = new string('x', 50_000);
        var call = channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(
            new() { EndpointUrl = url }, Timeout, Token);
        var (id, _, _) = await server.TakeAsync();
        await server.AnswerAsync(id, new GetEndpointsResponse { Endpoints = [new() { EndpointUrl = url }] });
        Assert.Equal(url, Assert.Single((await call).Endpoints).EndpointUrl);
    }

    [Fact]
    public async Task A_fault_and_a_bad_result_are_the_servers_code_and_the_channel_lives()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        foreach (var isFault in new[] { true, false })
        {
            var call = CallAsync(channel);
            var header = new ResponseHeader { ServiceResult = StatusCodes.BadTooManySessions };
            var id = (await server.TakeAsync()).RequestId;
            await (isFault
                ? server.AnswerAsync(id, new ServiceFault { ResponseHeader = header })
                : server.AnswerAsync(id, new GetEndpointsResponse { ResponseHeader = header }));
            await FailsAsync(StatusCodes.BadTooManySessions, call);
        }

        await RoundTripAsync(channel, server);
    }

    [Fact]
    public async Task An_aborted_answer_fails_its_request_only()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        await server.AbortAsync((await server.TakeAsync()).RequestId, StatusCodes.BadOutOfMemory);
        var error = await FailsAsync(StatusCodes.BadOutOfMemory, call);
        Assert.Contains("no more memory", error.Message, StringComparison.Ordinal);
        await RoundTripAsync(channel, server);
    }

    [Fact]
    public async Task A_request_without_answer_times_out_and_its_late_answer_is_ignored_once()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        var (id, _, _) = await server.TakeAsync();
        _clock.Advance(Timeout - TimeSpan.FromMilliseconds(10));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        var error = await FailsAsync(StatusCodes.BadTimeout, call);
        Assert.Contains("GetEndpointsRequest was not answered within 5 s", error.Message, StringComparison.Ordinal);

        await server.AnswerAsync(id, new GetEndpointsResponse());
        await RoundTripAsync(channel, server);
        Assert.Equal((1, 1), (channel.Counters.Timeouts, channel.Counters.LateAnswers));

        await server.AnswerAsync(id, new GetEndpointsResponse());
        await EndsAsync(StatusCodes.BadUnknownResponse, channel);
    }

    [Fact]
    public async Task Each_request_has_its_own_deadline()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var slow = CallAsync(channel, TimeSpan.FromSeconds(20));
        var fast = CallAsync(channel, TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(3));
        await FailsAsync(StatusCodes.BadTimeout, fast);
        Assert.False(slow.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(18));
        await FailsAsync(StatusCodes.BadTimeout, slow);
    }

    [Fact]
    public async Task A_cancelled_call_is_given_up_and_its_answer_ignored()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        using var cancel = new CancellationTokenSource();
        var call = channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(new(), Timeout, cancel.Token);
        var (id, _, _) = await server.TakeAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.AnswerAsync(id, new GetEndpointsResponse());
        await RoundTripAsync(channel, server);
        Assert.Equal(1, channel.Counters.LateAnswers);
    }

    [Fact]
    public async Task No_more_requests_are_sent_than_may_be_pending()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var calls = Enumerable.Range(0, 3).Select(_ => CallAsync(channel)).ToList();
        await FailsAsync(StatusCodes.BadTooManyOperations, CallAsync(channel));
        await server.AnswerAsync((await server.TakeAsync()).RequestId, new GetEndpointsResponse());
        await calls[0];
        calls.Add(CallAsync(channel));
        await server.TakeAsync();
        await server.TakeAsync();
        Assert.Equal(GetEndpointsRequest.EncodingId, (await server.TakeAsync()).EncodingId);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_ends_the_channel()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        await server.AnswerAsync(12_345, new GetEndpointsResponse());
        await EndsAsync(StatusCodes.BadUnknownResponse, channel);
        await FailsAsync(StatusCodes.BadUnknownResponse, call);
        await FailsAsync(StatusCodes.BadUnknownResponse, CallAsync(channel));
    }

    [Theory]
    [InlineData("another structure", StatusCodes.BadUnknownResponse)]
    [InlineData("text id", StatusCodes.BadUnknownResponse)]
    [InlineData("cut", StatusCodes.BadDecodingError)]
    [InlineData("bytes left over", StatusCodes.BadDecodingError)]
    [InlineData("nothing", StatusCodes.BadDecodingError)]
    public async Task An_answer_that_cannot_be_decoded_ends_the_channel(string what, uint status)
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        var whole = ScriptedServer.Encoded(new GetEndpointsResponse { Endpoints = [new()] });
        await server.AnswerRawAsync((await server.TakeAsync()).RequestId, what switch
        {
            "another structure" => ScriptedServer.Encoded(new ReadResponse()),
            "text id" => [3, 0, 0, 1, 0, 0, 0, (byte)'x', .. whole],
            "cut" => whole[..^1],
            "bytes left over" => [.. whole, 0],
            _ => [],
        });
        await EndsAsync(status, channel);
        await FailsAsync(status, call);
    }

    [Fact]
    public async Task The_servers_error_message_is_the_reason()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        var call = CallAsync(channel);
        await server.SendAsync(
            new EdgeAgent.OpcUa.Transport.ErrorMessage(StatusCodes.BadTcpNotEnoughResources, "full").EncodeFrame());
        await EndsAsync(StatusCodes.BadTcpNotEnoughResources, channel);
        var error = await FailsAsync(StatusCodes.BadTcpNotEnoughResources, call);
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "closed the connection.")]
    [InlineData(true, "in the middle of a message")]
    public async Task The_end_of_the_connection_is_told_from_a_cut_message(bool isCut, string says)
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        if (isCut)
        {
            await server.SendAsync("MSGF\u0020\0\0\0rest"u8.ToArray());
        }

        server.Dispose();
        var failure = await EndsAsync(StatusCodes.BadConnectionClosed, channel);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handlers_own_mistake_ends_the_channel_and_is_not_swallowed()
    {
        var (channel, server) = await OpenAsync();
        await using var _ = channel;
        using var __ = server;
        channel.Post(new GetEndpointsRequest(), new Thrower(), Timeout);
        await server.AnswerAsync((await server.TakeAsync()).RequestId, new GetEndpointsResponse());
        var failure = await EndsAsync(StatusCodes.BadInternalError, channel);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }

    [Fact]
    public async Task Disposing_tells_the_server_and_fails_what_waits()
    {
        var (channel, server) = await OpenAsync();
        using var __ = server;
        var call = CallAsync(channel);
        await server.TakeAsync();
        await channel.DisposeAsync();
        Assert.Equal(EdgeAgent.OpcUa.Transport.MessageType.CloseSecureChannel, await server.FrameTypeAsync());
        await FailsAsync(StatusCodes.BadConnectionClosed, call);
        Assert.True(channel.Closed.IsCompletedSuccessfully);
        Assert.Null(channel.Failure);
        await channel.DisposeAsync();
        await FailsAsync(StatusCodes.BadConnectionClosed, CallAsync(channel));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<GetEndpointsResponse> CallAsync(ClientChannel channel, TimeSpan? timeout = null) =>
        channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(new(), timeout ?? Timeout, Token);

    private static async Task RoundTripAsync(ClientChannel channel, ScriptedServer server)
    {
        var call = CallAsync(channel);
        await server.AnswerAsync((await server.TakeAsync()).RequestId, new GetEndpointsResponse());
        await call;
    }

    private static async Task<OpcUaException> FailsAsync(uint status, Task call)
    {
        var error = await Assert.ThrowsAsync<OpcUaException>(() => call);
        Assert.Equal(new StatusCode(status), error.Status);
        return error;
    }

    private static async Task<OpcUaException> EndsAsync(uint status, ClientChannel channel)
    {
        await channel.Closed.WaitAsync(Token);
        Assert.Equal(new StatusCode(status), channel.Failure?.Status);
        return channel.Failure!;
    }

    private async Task<(ClientChannel Channel, ScriptedServer Server)> OpenAsync(
        string policy = "None", string mode = "None")
    {
        _settings = TestSettings.Secured(_settings, policy, mode);
        var server = new ScriptedServer(_serverEnd, _settings);
        var opening = ClientChannel.OpenAsync(_clientEnd, _settings, _clock, Token);
        await server.OpenAsync();
        return (await opening, server);
    }

    private sealed class Thrower : ResponseHandler
    {
        public override void OnResponse(uint encodingId, ref UaReader body) =>
            throw new InvalidOperationException("bug");

        public override void OnFailure(OpcUaException failure)
        {
        }
    }
}
