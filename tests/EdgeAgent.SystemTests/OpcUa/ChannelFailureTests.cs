using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>What a person sees who gives a wrong address, over real sockets.</summary>
public sealed class ChannelFailureTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ChannelFailureTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [Fact]
    public async Task A_port_where_nobody_listens_is_said_to_be_so() => await FailsAsync(
        ClientChannel.OpenAsync(Settings($"opc.tcp://127.0.0.1:{FreePort.Next()}"), TimeProvider.System, Token),
        StatusCodes.BadConnectionRejected,
        "Nothing listens on 127.0.0.1:");

    [Fact]
    public async Task A_host_that_does_not_exist_is_said_to_be_unknown() => await FailsAsync(
        ClientChannel.OpenAsync(Settings("opc.tcp://no-such-host.invalid:4840"), TimeProvider.System, Token),
        StatusCodes.BadTcpEndpointUrlInvalid,
        "The host \"no-such-host.invalid\" is not known");

    [Fact]
    public async Task A_server_that_says_nothing_is_a_time_out()
    {
        var opening = OpenAsync(TimeSpan.FromSeconds(1));
        using var _ = await _listener.AcceptSocketAsync(Token);
        await FailsAsync(opening, StatusCodes.BadTimeout, "did not open a channel within 1 s");
    }

    [Fact]
    public async Task Cancelling_is_not_a_time_out()
    {
        using var cancel = new CancellationTokenSource();
        var opening = ClientChannel.OpenAsync(
            Settings($"opc.tcp://127.0.0.1:{Port}"), TimeProvider.System, cancel.Token);
        using var _ = await _listener.AcceptSocketAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", StatusCodes.BadTcpMessageTypeInvalid, "web server")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002", StatusCodes.BadTcpMessageTypeInvalid, "TLS")]
    [InlineData("\u0000\u0001\u0002\u0003", StatusCodes.BadTcpMessageTypeInvalid, "does not speak opc.tcp")]
    [InlineData("", StatusCodes.BadConnectionClosed, "Is it an OPC UA server?")]
    public async Task A_foreign_server_is_named_at_once(string answer, uint status, string says)
    {
        var opening = OpenAsync(TimeSpan.FromMinutes(10));
        using (var socket = await _listener.AcceptSocketAsync(Token))
        {
            await TakeAsync(socket, MessageType.Hello);
            await socket.SendAsync(Encoding.Latin1.GetBytes(answer), Token);
        }

        await FailsAsync(opening, status, says);
    }

    [Fact]
    public async Task A_reset_is_a_broken_connection()
    {
        var opening = OpenAsync(TimeSpan.FromMinutes(10));
        using (var socket = await _listener.AcceptSocketAsync(Token))
        {
            await TakeAsync(socket, MessageType.Hello);
            await socket.SendAsync(new Acknowledge(0, 65_536, 65_536, 0, 0).Encode(), Token);
            await TakeAsync(socket, MessageType.OpenSecureChannel);
            socket.LingerState = new(true, 0);
        }

        await FailsAsync(opening, StatusCodes.BadConnectionClosed, "The connection broke");
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_read_all_the_same()
    {
        var opening = OpenAsync(TimeSpan.FromMinutes(10));
        using var socket = await _listener.AcceptSocketAsync(Token);
        socket.NoDelay = true;
        await TakeAsync(socket, MessageType.Hello);
        foreach (var octet in new Acknowledge(0, 65_536, 65_536, 0, 0).Encode())
        {
            await socket.SendAsync(new[] { octet }, Token);
        }

        await TakeAsync(socket, MessageType.OpenSecureChannel);
        await socket.SendAsync(new ErrorMessage(StatusCodes.BadTcpServerTooBusy, "later").EncodeFrame(), Token);
        await FailsAsync(opening, StatusCodes.BadTcpServerTooBusy, "later");
    }

    [Fact]
    public async Task A_server_that_stops_reading_costs_a_bounded_amount_of_memory()
    {
        var limits = new TransportLimits { MessageBytes = 1 << 20 };
        var opening = ClientChannel.OpenAsync(
            Settings($"opc.tcp://127.0.0.1:{Port}") with { Limits = limits }, TimeProvider.System, Token);
        using var socket = await _listener.AcceptSocketAsync(Token);
        await OpenByHandAsync(socket);
        await using var channel = await opening;
        var calls = new List<Task>();
        while (calls.Count < 200 && calls.LastOrDefault() is not { IsFaulted: true })
        {
            calls.Add(channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(
                new() { EndpointUrl = new('x', 1_000_000) }, TimeSpan.FromMinutes(1), Token));
        }

        await FailsAsync(calls[^1], StatusCodes.BadTcpNotEnoughResources, "the server does not read");
        await channel.DisposeAsync();
        foreach (var call in calls[..^1])
        {
            await FailsAsync(call, StatusCodes.BadConnectionClosed, "This side closed the channel");
        }
    }

    private static ClientChannelSettings Settings(string url) => new() { EndpointUrl = new(url) };

    private Task<ClientChannel> OpenAsync(TimeSpan timeout) => ClientChannel.OpenAsync(
        Settings($"opc.tcp://127.0.0.1:{Port}") with { ConnectTimeout = timeout }, TimeProvider.System, Token);

    private static async Task FailsAsync(Task opening, uint status, string says)
    {
        var error = await Assert.ThrowsAsync<OpcUaException>(() => opening.WaitAsync(TimeSpan.FromSeconds(60), Token));
        Assert.Equal(new StatusCode(status), error.Status);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> TakeAsync(Socket socket, MessageType type)
    {
        var frame = new byte[65_536];
        var length = 0;
        FrameHeader header;
        while (!FrameHeader.TryRead(frame.AsSpan(0, length), frame.Length, out header) || length < header.Size)
        {
            var count = await socket.ReceiveAsync(frame.AsMemory(length), Token);
            Assert.True(count > 0, "The client closed the connection.");
            length += count;
        }

        Assert.Equal((type, length), (header.Type, header.Size));
        return frame[..length];
    }

    private static async Task OpenByHandAsync(Socket socket)
    {
        await TakeAsync(socket, MessageType.Hello);
        await socket.SendAsync(new Acknowledge(0, 65_536, 65_536, 0, 0).Encode(), Token);
        var frame = await TakeAsync(socket, MessageType.OpenSecureChannel);
        using var reader = new ChunkReader();
        FrameHeader.TryRead(frame, frame.Length, out var header);
        var chunk = reader.ReadOpen(frame, 0, header, OpenSecurity.None);
        var body = new EdgeAgent.OpcUa.Binary.UaWriter();
        body.WriteEncodingId(OpenSecureChannelResponse.EncodingId);
        var token = new ChannelSecurityToken { ChannelId = 1, TokenId = 1, RevisedLifetime = 3_600_000 };
        new OpenSecureChannelResponse { SecurityToken = token }.Encode(body);
        var answer = AsymmetricChunk.Protect(OpenSecurity.None, 1, 1, chunk.RequestId, body.WrittenSpan);
        await socket.SendAsync(answer, Token);
    }
}
