using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>The receiving half: one loop reads, checks, assembles and hands over.</summary>
public sealed partial class ClientChannel
{
    private readonly FrameBuffer _received;
    private readonly ChunkReader _reader = new();
    private readonly MessageAssembler _assembler;

    private async Task ReceiveAsync()
    {
        try
        {
            int count;
            do
            {
                while (_received.TryTake(Agreement.ReceiveChunkBytes, out var frame, out var offset))
                {
                    OnFrame(frame, offset);
                }

                count = await _stream.ReadAsync(_received.Free);
                _received.Added(count);
                Counters.Received(count);
            }
            while (count > 0);

            Fail(ClosedByServer());
        }
        catch (OpcUaException failure)
        {
            Fail(failure);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            Fail(new(StatusCodes.BadConnectionClosed, $"The connection broke: {failure.Message}", failure));
        }
        catch (Exception failure)
        {
            // A handler's own mistake: its owner finds it in Failure and must not wait for ever.
            Fail(new(StatusCodes.BadInternalError, $"The receive loop failed: {failure.Message}", failure));
        }
        finally
        {
            CleanUp();
            _closed.TrySetResult();
        }
    }

    private void OnFrame(FrameHeader frame, int offset)
    {
        Counters.ReceivedChunk();
        switch (frame.Type)
        {
            case MessageType.Message:
                var chunk = _reader.Read(_received.Bytes, offset, frame, _clock.GetTimestamp());
                if (_assembler.TryAdd(_received.Bytes, chunk, out var message))
                {
                    OnMessage(message);
                }

                break;
            case MessageType.OpenSecureChannel:
                OnOpen(frame, offset);
                break;
            case MessageType.Error:
                throw ServerError(_received.Bytes.AsSpan(offset, frame.Size));
            case MessageType.CloseSecureChannel:
                _reader.Read(_received.Bytes, offset, frame, _clock.GetTimestamp());
                throw new OpcUaException(StatusCodes.BadSecureChannelClosed, "The server closed the channel.");
            default:
                throw new OpcUaException(
                    StatusCodes.BadTcpMessageTypeInvalid,
                    $"The server sent a frame of type {frame.Type} on an open channel.");
        }
    }

    private void OnMessage(in AssembledMessage message)
    {
        if (!_pending.TryTake(message.RequestId, out var request))
        {
            OnUnexpected(message.RequestId);
            return;
        }

        Counters.Responded();
        if (message.Aborted is { } aborted)
        {
            request.Handler.OnFailure(
                new(aborted.Error, $"The server gave up its answer to {request.Name}: {aborted}."));
            return;
        }

        HandOver(request, message.Body);
    }

    private void HandOver(in PendingRequest request, ReadOnlySpan<byte> message)
    {
        var body = new UaReader(message, _settings.Decoding);
        try
        {
            request.Handler.OnResponse(ReadType(request, ref body), ref body);
        }
        catch (OpcUaException failure)
        {
            throw new OpcUaException(
                failure.Status, $"The answer to {request.Name} cannot be used: {failure.Detail}", failure);
        }
    }

    /// <summary>The id of the structure. Where there is none the handler is told; nobody else could.</summary>
    private static uint ReadType(in PendingRequest request, ref UaReader body)
    {
        try
        {
            var type = body.ReadNodeId();
            return type is { NamespaceIndex: 0, IdType: IdType.Numeric }
                ? type.Numeric
                : throw new OpcUaException(StatusCodes.BadUnknownResponse, $"It is a structure of type {type}.");
        }
        catch (OpcUaException failure)
        {
            request.Handler.OnFailure(failure);
            throw;
        }
    }

    private void OnOpen(FrameHeader frame, int offset)
    {
        var chunk = _reader.ReadOpen(_received.Bytes, offset, frame, _security);
        if (!_pending.TryTake(chunk.RequestId, out var request))
        {
            OnUnexpected(chunk.RequestId);
            return;
        }

        if (request.Handler is not OpenHandler handler)
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse,
                $"The server answered {request.Name} with an OpenSecureChannel message.");
        }

        handler.FrameChannelId = ChunkLayout.ReadChannelId(_received.Bytes.AsSpan(offset));
        HandOver(request, _received.Bytes.AsSpan(chunk.Offset, chunk.Length));
    }

    private void OnUnexpected(uint requestId)
    {
        if (!_pending.WasGivenUp(requestId))
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse, $"The server answered request {requestId}, which was not asked.");
        }

        Counters.AnsweredLate();
    }

    private static OpcUaException ServerError(ReadOnlySpan<byte> frame)
    {
        var error = ErrorMessage.Decode(frame[FrameHeader.Length..]);
        var advice = error.Error.Code switch
        {
            StatusCodes.BadSecurityChecksFailed or StatusCodes.BadCertificateUntrusted =>
                " The server may not trust this client's certificate yet: trust it there.",
            StatusCodes.BadTcpEndpointUrlInvalid => " Check the URL, also its path.",
            StatusCodes.BadSecurityPolicyRejected or StatusCodes.BadSecurityModeRejected =>
                " Ask the server for its endpoints and choose one of them.",
            StatusCodes.BadCertificateTimeInvalid =>
                " Check the clocks of both machines, and the certificate's validity.",
            _ => "",
        };
        return new(error.Error, $"The server closed the connection: {error}.{advice}");
    }

    private OpcUaException ClosedByServer() => new(
        StatusCodes.BadConnectionClosed,
        _reader.ChannelId == 0 && _settings.Policy.IsSecure
            ? "The server closed the connection instead of opening a channel. It may not trust this client's "
                + "certificate yet, or does not offer this policy."
            : _received.HasRest ? "The server closed the connection in the middle of a message."
            : "The server closed the connection.");

    private void CleanUp()
    {
        _assembler.Dispose();
        _reader.Dispose();
        _security.Dispose();
        lock (_sendLock)
        {
            _writer.Dispose();
        }
    }
}
