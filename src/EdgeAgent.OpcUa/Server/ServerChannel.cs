using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The server's end of a secure channel (Part 4, 5.5): opening, renewing, chunks. Reading is the receive loop's;
/// writing is under the lock of the connection.
/// </summary>
internal sealed class ServerChannel(ServerState state, uint channelId, TransportAgreement agreement) : IDisposable
{
    // Part 4, 5.5.2.1: a token is honoured for a quarter of its lifetime longer.
    private const double Grace = 1.25;

    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(0.5);

    private readonly ChunkReader _reader = new();
    private readonly ChunkWriter _writer = new(agreement, StatusCodes.BadResponseTooLarge) { ChannelId = channelId };
    private readonly UaWriter _encoder = new();
    private OpenSecurity? _open;
    private ChannelSecurity? _security;
    private uint _lastToken;

    // A renewed token that the client has not used yet: until then this side sends under the old one.
    private (uint Id, SymmetricKeys? Keys)? _renewed;

    public TransportAgreement Agreement => agreement;

    /// <summary>Null until the channel is open.</summary>
    public ChannelSecurity? Security => _security;

    /// <summary>
    /// Opens or renews; the answer is appended to <paramref name="output"/>. Under the gate of the space and the
    /// connection's lock.
    /// </summary>
    /// <exception cref="OpcUaException">Refused; the connection is to be closed.</exception>
    public void Open(byte[] buffer, int offset, FrameHeader frame, PooledBuffer output)
    {
        X509Certificate2? own = null;
        if (_open is null)
        {
            own = state.Certificate;
            _open = Accept(own, buffer.AsSpan(offset, frame.Size));
        }

        var chunk = _reader.ReadOpen(buffer, offset, frame, _open);
        var body = new UaReader(buffer.AsSpan(chunk.Offset, chunk.Length), state.Limits.Decoding);
        var type = body.ReadNodeId();
        if (type != new NodeId(OpenSecureChannelRequest.EncodingId))
        {
            throw new OpcUaException(StatusCodes.BadDecodingError, $"An OpenSecureChannel message holds a {type}.");
        }

        var request = OpenSecureChannelRequest.Decode(ref body);
        Check(request);
        if (_security is null)
        {
            _security = new(channelId, _open.Policy, request.SecurityMode, own!, _open.PeerCertificate);
            _reader.ChannelId = channelId;
        }

        Issue(request, chunk.RequestId, output);
    }

    public MessageAssembler Assembler { get; } = new(agreement, StatusCodes.BadRequestTooLarge);

    /// <summary>Checks and deciphers a MSG or CLO frame.</summary>
    public Chunk Read(byte[] buffer, int offset, FrameHeader frame)
    {
        if (_security is null)
        {
            throw new OpcUaException(StatusCodes.BadTcpSecureChannelUnknown, "The channel is not open.");
        }

        return _reader.Read(buffer, offset, frame, state.Clock.Provider.GetTimestamp());
    }

    /// <summary>The client has begun to use its new token: so does this side. Under the connection's lock.</summary>
    public void FollowToken()
    {
        if (_renewed is { } renewed && _reader.NewestTokenUsed)
        {
            _writer.UseToken(renewed.Id, renewed.Keys);
            _renewed = null;
        }
    }

    /// <summary>Appends a response. Under the connection's lock.</summary>
    /// <exception cref="OpcUaException">BadResponseTooLarge.</exception>
    public void Write(uint requestId, ReadOnlySpan<byte> message, PooledBuffer output) =>
        _writer.Write(MessageType.Message, requestId, message, output);

    /// <summary>Appends the beginning of a response and its abortion. Under the connection's lock.</summary>
    public void WriteAborted(uint requestId, ReadOnlySpan<byte> message, StatusCode error, PooledBuffer output)
    {
        _writer.WriteIntermediate(requestId, message[..(message.Length / 2)], output);
        _writer.WriteAbort(requestId, new(error, "given up for a test"), output);
    }

    /// <summary>Spoils the token id of the chunk that begins at <paramref name="start"/>.</summary>
    public static void SpoilToken(PooledBuffer output, int start)
    {
        const uint spoiling = 0x7FFF_0000;
        var token = output.Bytes.AsSpan(start + ChunkLayout.TokenIdOffset, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(token, BinaryPrimitives.ReadUInt32LittleEndian(token) ^ spoiling);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        Assembler.Dispose();
        _renewed?.Keys?.Dispose();
        if (_open is not null && _open != OpenSecurity.None)
        {
            _open.Dispose();
        }
    }

    private OpenSecurity Accept(X509Certificate2 own, ReadOnlySpan<byte> frame)
    {
        var header = AsymmetricHeader.Read(frame);
        var policy = SecurityPolicy.Find(header.PolicyUri)
            ?? throw new OpcUaException(
                StatusCodes.BadSecurityPolicyRejected, $"The policy {header.PolicyUri} is not known.");
        if (!policy.IsSecure)
        {
            return OpenSecurity.None; // Also where None is not offered: anyone may ask for the endpoints.
        }

        if (state.Settings.Endpoints.All(endpoint => endpoint.Policy != policy))
        {
            throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected, $"{policy} is not offered.");
        }

        if (header.SenderChain.IsEmpty)
        {
            throw new OpcUaException(StatusCodes.BadCertificateInvalid, "The client sends no certificate.");
        }

        var security = OpenSecurity.Of(policy, own, state.CertificateIssuers, header.SenderChain);
        using var certificate = X509CertificateLoader.LoadCertificate(security.PeerCertificate);
        if (state.Settings.AcceptsClientCertificate is { } accepts && !accepts(certificate))
        {
            // Part 4, 6.1.3: the client is not told which check failed.
            security.Dispose();
            throw new OpcUaException(StatusCodes.BadSecurityChecksFailed, "The client is not trusted.");
        }

        return security;
    }

    private void Check(OpenSecureChannelRequest request)
    {
        var isRenewal = request.RequestType == SecurityTokenRequestType.Renew;
        if (isRenewal != _security is not null)
        {
            throw new OpcUaException(
                StatusCodes.BadRequestTypeInvalid,
                isRenewal ? "There is no channel to renew." : "The channel is open.");
        }

        var fits = _open!.Policy.IsSecure
            ? request.SecurityMode is MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt
                && state.Settings.Endpoints.Contains(new(_open.Policy, request.SecurityMode))
            : request.SecurityMode == MessageSecurityMode.None;
        if (!fits || (_security is not null && _security.Mode != request.SecurityMode))
        {
            throw new OpcUaException(
                StatusCodes.BadSecurityModeRejected, $"{request.SecurityMode} is not offered with {_open.Policy}.");
        }

        if (_open.Policy.IsSecure && request.ClientNonce?.Length != _open.Policy.NonceLength)
        {
            throw new OpcUaException(
                StatusCodes.BadNonceInvalid, $"{_open.Policy} needs a nonce of {_open.Policy.NonceLength} bytes.");
        }
    }

    private void Issue(OpenSecureChannelRequest request, uint requestId, PooledBuffer output)
    {
        var nonce = RandomNumberGenerator.GetBytes(_open!.Policy.NonceLength);
        var (sending, receiving) =
            SymmetricKeys.Derive(_open.Policy, request.SecurityMode, ownNonce: nonce, peerNonce: request.ClientNonce);
        var lifetime = Lifetime(request.RequestedLifetime);
        var token = new ChannelSecurityToken
        {
            ChannelId = channelId,
            TokenId = ++_lastToken,
            CreatedAt = state.Clock.Now,
            RevisedLifetime = (uint)lifetime.TotalMilliseconds,
        };
        var clock = state.Clock.Provider;
        _reader.AddToken(
            token.TokenId, receiving,
            clock.GetTimestamp() + (long)(lifetime.TotalSeconds * Grace * clock.TimestampFrequency));

        _encoder.Reset();
        _encoder.WriteEncodingId(OpenSecureChannelResponse.EncodingId);
        new OpenSecureChannelResponse
        {
            ResponseHeader = new() { Timestamp = state.Clock.Now, RequestHandle = request.RequestHeader.RequestHandle },
            SecurityToken = token,
            ServerNonce = nonce.Length == 0 ? null : nonce,
        }.Encode(_encoder);
        _writer.WriteOpen(_open, requestId, _encoder.WrittenSpan, output);
        if (token.TokenId == 1)
        {
            _writer.UseToken(token.TokenId, sending);
        }
        else
        {
            _renewed?.Keys?.Dispose();
            _renewed = (token.TokenId, sending);
        }
    }

    private TimeSpan Lifetime(uint requested)
    {
        var longest = state.Faults.ChannelLifetime ?? state.Limits.LongestChannelLifetime;
        var asked = requested == 0 ? longest : TimeSpan.FromMilliseconds(requested);
        var revised = asked < longest ? asked : longest;
        return revised < ShortestLifetime ? ShortestLifetime : revised;
    }
}
