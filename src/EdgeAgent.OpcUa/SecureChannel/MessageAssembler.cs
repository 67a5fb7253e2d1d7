using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// Puts chunks together into messages. A message of one chunk is handed over where it lies; others are copied into one
/// buffer that is kept. Chunks of one message follow each other (Part 6, 6.7.3: "shall be sent sequentially"), so there
/// is never more than one message in the making.
/// </summary>
/// <param name="agreement">Largest message and most chunks that this side takes.</param>
/// <param name="tooLarge">BadResponseTooLarge in a client, BadRequestTooLarge in a server.</param>
internal sealed class MessageAssembler(TransportAgreement agreement, StatusCode tooLarge) : IDisposable
{
    private readonly PooledBuffer _parts = new();
    private uint _requestId;
    private int _chunkCount;
    private bool _handedOver;

    /// <summary>Takes the next chunk; true when it completes a message or gives one up.</summary>
    /// <param name="buffer">Where the chunk lies.</param>
    /// <param name="message">Valid until the next call, and as long as <paramref name="buffer"/> is left alone.</param>
    /// <exception cref="OpcUaException">The peer mixes messages or passes a limit; close the channel.</exception>
    public bool TryAdd(byte[] buffer, in Chunk chunk, out AssembledMessage message)
    {
        message = default;
        if (_handedOver)
        {
            _parts.Clear();
            _handedOver = false;
        }

        var body = buffer.AsSpan(chunk.Offset, chunk.Length);
        if (_chunkCount > 0 && (chunk.RequestId != _requestId || chunk.Type != MessageType.Message))
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"A chunk of request {chunk.RequestId} ({chunk.Type}) came amid the chunks of request {_requestId}.");
        }

        if (chunk.Kind == ChunkType.Abort)
        {
            _chunkCount = 0;
            _parts.Clear();
            message = new(chunk.RequestId, ErrorMessage.Decode(body));
            return true;
        }

        _chunkCount++;
        if (_parts.Length + body.Length > agreement.ReceiveMessageBytes || _chunkCount > agreement.ReceiveChunkCount)
        {
            throw new OpcUaException(
                tooLarge,
                $"Request {chunk.RequestId} brought {_chunkCount} chunks and {_parts.Length + body.Length} bytes; at "
                + $"most {agreement.ReceiveChunkCount} chunks and {agreement.ReceiveMessageBytes} bytes are taken.");
        }

        if (chunk.Kind == ChunkType.Final && _chunkCount == 1)
        {
            _chunkCount = 0;
            message = new(chunk.Type, chunk.RequestId, body);
            return true;
        }

        _requestId = chunk.RequestId;
        _parts.Append(body);
        if (chunk.Kind == ChunkType.Intermediate)
        {
            return false;
        }

        _chunkCount = 0;
        _handedOver = true;
        message = new(chunk.Type, chunk.RequestId, _parts.Bytes.AsSpan(0, _parts.Length));
        return true;
    }

    public void Dispose() => _parts.Dispose();
}
