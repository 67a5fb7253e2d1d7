using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>
/// The other end of a channel, step by step: each test says what the server does next. Its codec is the product's own
/// in the server's role.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    public const uint ChannelId = 42;

    private readonly DuplexStream _stream;
    private readonly ClientChannelSettings _settings;
    private readonly FrameBuffer _received = new(65_536);
    private readonly ChunkReader _reader = new();
    private ChunkWriter? _writer;
    private MessageAssembler? _assembler;
    private OpenSecurity _security = OpenSecurity.None;
    private uint _lastToken;

    public ScriptedServer(DuplexStream stream, ClientChannelSettings settings) =>
        (_stream, _settings) = (stream, settings);

    /// <summary>What the server writes as its own; a test may replace it before the channel is opened.</summary>
    public string CertificateName { get; init; } = "server";

    public uint RevisedLifetime { get; set; } = 60_000;

    public int NonceLength { get; set; } = 32;

    public TransportLimits Limits { get; init; } = new();

    public ChunkWriter Writer => _writer!;

    /// <summary>Whether the client uses the newest token.</summary>
    public bool NewestTokenUsed => _reader.NewestTokenUsed;

    /// <summary>Hello and the first OpenSecureChannel.</summary>
    public async Task OpenAsync()
    {
        await AcknowledgeAsync();
        await AnswerOpenAsync();
    }

    public async Task<Hello> AcknowledgeAsync()
    {
        var (frame, offset) = await FrameAsync();
        Assert.Equal(MessageType.Hello, frame.Type);
        var hello = Hello.Decode(_received.Bytes.AsSpan(offset, frame.Size));
        var (agreement, answer) = TransportAgreement.Of(Limits, hello);
        _writer = new(agreement, StatusCodes.BadResponseTooLarge);
        _assembler = new(agreement, StatusCodes.BadRequestTooLarge);
        await SendAsync(answer.Encode());
        return hello;
    }

    /// <summary>Takes an OpenSecureChannel request, without answering.</summary>
    public async Task<(uint RequestId, OpenSecureChannelRequest Request)> TakeOpenAsync()
    {
        var (frame, offset) = await FrameAsync();
        Assert.Equal(MessageType.OpenSecureChannel, frame.Type);
        if (_settings.Policy.IsSecure && !_security.Policy.IsSecure)
        {
            var client = AsymmetricHeader.Read(_received.Bytes.AsSpan(offset, frame.Size)).SenderChain;
            _security = OpenSecurity.Of(_settings.Policy, TestCertificates.Of(CertificateName), [], client);
        }

        var chunk = _reader.ReadOpen(_received.Bytes, offset, frame, _security);
        var body = new UaReader(_received.Bytes.AsSpan(chunk.Offset, chunk.Length), DecodingLimits.Default);
        Assert.Equal(OpenSecureChannelRequest.EncodingId, body.ReadNodeId().Numeric);
        return (chunk.RequestId, OpenSecureChannelRequest.Decode(ref body));
    }

    /// <summary>
    /// Takes an OpenSecureChannel request and issues a token; what is sent goes on under the old one.
    /// </summary>
    public async Task<SymmetricKeys?> AnswerOpenAsync(bool useAtOnce = true)
    {
        var (requestId, request) = await TakeOpenAsync();
        var nonce = _settings.Policy.IsSecure ? RandomNumberGenerator.GetBytes(NonceLength) : null;
        var response = new OpenSecureChannelResponse
        {
            SecurityToken = new() { ChannelId = ChannelId, TokenId = ++_lastToken, RevisedLifetime = RevisedLifetime },
            ServerNonce = nonce,
        };
        var (sending, receiving) =
            SymmetricKeys.Derive(_settings.Policy, request.SecurityMode, nonce, request.ClientNonce);
        _reader.ChannelId = Writer.ChannelId = ChannelId;
        _reader.AddToken(_lastToken, receiving, long.MaxValue);
        await SendOpenAsync(requestId, response);
        if (useAtOnce)
        {
            UseNewestToken(sending);
        }

        return sending;
    }

    public async Task SendOpenAsync<T>(uint requestId, T response)
        where T : IUaEncodable<T>
    {
        using var output = new PooledBuffer();
        Writer.WriteOpen(_security, requestId, Encoded(response), output);
        await SendAsync(output.Bytes.AsMemory(0, output.Length));
    }

    public void UseNewestToken(SymmetricKeys? keys) => Writer.UseToken(_lastToken, keys);

    /// <summary>The next request.</summary>
    public async Task<(uint RequestId, uint EncodingId, RequestHeader Header)> TakeAsync()
    {
        while (true)
        {
            var (frame, offset) = await FrameAsync();
            var chunk = _reader.Read(_received.Bytes, offset, frame, 0);
            if (_assembler!.TryAdd(_received.Bytes, chunk, out var message))
            {
                var body = new UaReader(message.Body, DecodingLimits.Default);
                var id = body.ReadNodeId().Numeric;
                return (message.RequestId, id, RequestHeader.Decode(ref body));
            }
        }
    }

    public Task AnswerAsync<T>(uint requestId, T response)
        where T : IUaEncodable<T> => AnswerRawAsync(requestId, Encoded(response));

    public async Task AnswerRawAsync(uint requestId, byte[] message)
    {
        using var output = new PooledBuffer();
        Writer.Write(MessageType.Message, requestId, message, output);
        await SendAsync(output.Bytes.AsMemory(0, output.Length));
    }

    public async Task AbortAsync(uint requestId, StatusCode status)
    {
        using var output = new PooledBuffer();
        Writer.WriteIntermediate(requestId, [1, 2, 3], output);
        Writer.WriteAbort(requestId, new(status, "no more memory"), output);
        await SendAsync(output.Bytes.AsMemory(0, output.Length));
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    public async Task<MessageType> FrameTypeAsync() => (await FrameAsync()).Frame.Type;

    public void Dispose()
    {
        _stream.Dispose();
        _security.Dispose();
        _reader.Dispose();
        _writer?.Dispose();
        _assembler?.Dispose();
    }

    public static byte[] Encoded<T>(T message)
        where T : IUaEncodable<T>
    {
        var writer = new UaWriter();
        writer.WriteEncodingId(T.EncodingId);
        message.Encode(writer);
        return writer.WrittenSpan.ToArray();
    }

    private async Task<(FrameHeader Frame, int Offset)> FrameAsync()
    {
        FrameHeader frame;
        int offset;
        while (!_received.TryTake(65_536, out frame, out offset))
        {
            var count = await _stream.ReadAsync(_received.Free);
            Assert.True(count > 0, "The client closed the connection.");
            _received.Added(count);
        }

        return (frame, offset);
    }
}
