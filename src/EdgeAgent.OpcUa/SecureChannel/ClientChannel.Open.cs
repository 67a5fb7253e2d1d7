using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>Opening, and renewing the token.</summary>
public sealed partial class ClientChannel
{
    private TokenLifetime _lifetime;

    /// <summary>Connects, agrees on limits and opens the channel.</summary>
    /// <exception cref="OpcUaException">What went wrong, by its code, with a sentence on what to do.</exception>
    public static async Task<ClientChannel> OpenAsync(
        ClientChannelSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        settings.Check();

        // The own time-out and the caller's cancellation end the same way, and are told apart here.
        using var timeout = new CancellationTokenSource(settings.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var stream = await TcpConnection.ConnectAsync(settings.EndpointUrl, either.Token);
            return await OpenAsync(stream, settings, clock, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OpcUaException(
                StatusCodes.BadTimeout,
                $"{TcpConnection.NameOf(settings.EndpointUrl)} did not open a channel within "
                + $"{settings.ConnectTimeout.TotalSeconds:0.###} s. Check the address, and that an OPC UA server runs "
                + "there.");
        }
    }

    /// <summary>
    /// The same over a connection that is there; it is closed with the channel, or when it does not open.
    /// </summary>
    internal static async Task<ClientChannel> OpenAsync(
        Stream stream, ClientChannelSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        OpenSecurity? security = null;
        ClientChannel channel;
        try
        {
            security = settings.OpenSecurity();
            var received = new FrameBuffer(settings.Limits.ChunkBytes);
            var agreement = await AgreeAsync(stream, settings, received, cancellationToken);
            channel = new(stream, settings, security, agreement, received, clock);
        }
        catch (Exception failure)
        {
            security?.Dispose();
            await stream.DisposeAsync();
            if (failure is IOException)
            {
                throw new OpcUaException(
                    StatusCodes.BadConnectionClosed, $"The connection broke after Hello: {failure.Message}", failure);
            }

            throw;
        }

        _ = channel.ReceiveAsync();
        try
        {
            await channel.SendOpen(SecurityTokenRequestType.Issue, settings.ConnectTimeout).Opened
                .WaitAsync(cancellationToken);
            return channel;
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Called on the receive loop: the server has issued a token.</summary>
    internal void Install(OpenHandler handler, OpenSecureChannelResponse response)
    {
        var token = response.SecurityToken;
        CheckOpen(handler, response);
        var (sending, receiving) = SymmetricKeys.Derive(
            _settings.Policy, _settings.Mode, ownNonce: handler.ClientNonce, peerNonce: response.ServerNonce);
        var lifetime = TokenLifetime.Of(_settings.Lifetime, token.RevisedLifetime);
        if (_reader.ChannelId != 0)
        {
            Counters.Renewed();
        }

        _reader.ChannelId = token.ChannelId;
        _reader.AddToken(token.TokenId, receiving, After(lifetime.End));
        lock (_sendLock)
        {
            _writer.ChannelId = token.ChannelId;
            _writer.UseToken(token.TokenId, sending);
            _lifetime = lifetime;
            if (!_isOver)
            {
                _renewal.Change(lifetime.Renewal, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CheckOpen(OpenHandler handler, OpenSecureChannelResponse response)
    {
        var token = response.SecurityToken;
        if (response.ServerProtocolVersion != Hello.CurrentVersion)
        {
            throw new OpcUaException(
                StatusCodes.BadProtocolVersionUnsupported,
                $"The server opens the channel with protocol version {response.ServerProtocolVersion}, agreed was "
                + $"{Hello.CurrentVersion}.");
        }

        if (token.ChannelId != handler.FrameChannelId || (ChannelId != 0 && token.ChannelId != ChannelId))
        {
            throw new OpcUaException(
                StatusCodes.BadTcpSecureChannelUnknown,
                $"The server names the channel {token.ChannelId} in a message of channel {handler.FrameChannelId}.");
        }

        var nonceLength = response.ServerNonce?.Length ?? 0;
        if (_settings.Policy.IsSecure
            && (nonceLength != _settings.Policy.NonceLength
                || handler.ClientNonce.AsSpan().SequenceEqual(response.ServerNonce)))
        {
            throw new OpcUaException(
                StatusCodes.BadNonceInvalid,
                $"The server's nonce has {nonceLength} bytes, {_settings.Policy} needs {_settings.Policy.NonceLength} "
                + "of its own.");
        }
    }

    /// <summary>Hello and Acknowledge, before there is a channel.</summary>
    private static async Task<TransportAgreement> AgreeAsync(
        Stream stream, ClientChannelSettings settings, FrameBuffer received, CancellationToken cancellationToken)
    {
        var hello = Hello.Of(settings.Limits, settings.EndpointUrl.OriginalString);
        await stream.WriteAsync(hello.Encode(), cancellationToken);

        FrameHeader frame;
        int offset;
        while (!received.TryTake(settings.Limits.ChunkBytes, out frame, out offset))
        {
            var count = await stream.ReadAsync(received.Free, cancellationToken);
            if (count == 0)
            {
                throw new OpcUaException(
                    StatusCodes.BadConnectionClosed,
                    $"{TcpConnection.NameOf(settings.EndpointUrl)} closed the connection instead of answering Hello. "
                    + "Is it an OPC UA server?");
            }

            received.Added(count);
        }

        var bytes = received.Bytes.AsSpan(offset, frame.Size);
        return frame.Type switch
        {
            MessageType.Acknowledge => TransportAgreement.Of(settings.Limits, Acknowledge.Decode(bytes)),
            MessageType.Error => throw ServerError(bytes),
            _ => throw new OpcUaException(
                StatusCodes.BadTcpMessageTypeInvalid, $"The server answered Hello with a frame of type {frame.Type}."),
        };
    }

    /// <summary>Timer: asks for the next token; its handler ends the channel if there is none.</summary>
    private void Renew()
    {
        try
        {
            SendOpen(SecurityTokenRequestType.Renew, _lifetime.Patience);
        }
        catch (OpcUaException failure)
        {
            Fail(failure);
        }
    }
}
