using System.Buffers.Binary;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// Cuts the messages of one side into chunks, numbers and protects them. One thread at a time: whoever calls
/// also decides the order on the wire. The same for client and server.
/// </summary>
/// <param name="agreement">Largest chunk and message that the peer takes.</param>
/// <param name="tooLarge">
/// The code for a message that the peer would not take: BadRequestTooLarge in a client, BadResponseTooLarge in a
/// server.
/// </param>
internal sealed class ChunkWriter(TransportAgreement agreement, StatusCode tooLarge) : IDisposable
{
    private SymmetricKeys? _keys;
    private uint _tokenId;
    private uint _lastSequence;

    /// <summary>The server gives it in the first OpenSecureChannel response; 0 until then.</summary>
    public uint ChannelId { get; set; }

    /// <summary>From now on everything is secured with these keys; the old ones are disposed of.</summary>
    /// <param name="keys">For sending; null under <see cref="Services.MessageSecurityMode.None"/>.</param>
    public void UseToken(uint tokenId, SymmetricKeys? keys)
    {
        _keys?.Dispose();
        (_tokenId, _keys) = (tokenId, keys);
    }

    /// <summary>Appends the chunks of a whole message (MSG or CLO).</summary>
    /// <exception cref="OpcUaException">The peer would not take it; nothing was appended.</exception>
    public void Write(MessageType type, uint requestId, ReadOnlySpan<byte> message, PooledBuffer output)
    {
        var maxBody = ChunkLayout.MaxBody(agreement.SendChunkBytes, _keys);
        var count = Math.Max(1, (message.Length + maxBody - 1) / maxBody);
        if (message.Length > agreement.SendMessageBytes || count > agreement.SendChunkCount)
        {
            throw new OpcUaException(
                tooLarge,
                $"A message of {message.Length} bytes in {count} chunks; the peer takes "
                + $"{agreement.SendMessageBytes} bytes in {agreement.SendChunkCount} chunks.");
        }

        while (message.Length > maxBody)
        {
            WriteChunk(type, ChunkType.Intermediate, requestId, message[..maxBody], output);
            message = message[maxBody..];
        }

        WriteChunk(type, ChunkType.Final, requestId, message, output);
    }

    /// <summary>Appends a chunk that gives the message up (Part 6, 6.7.3).</summary>
    public void WriteAbort(uint requestId, ErrorMessage error, PooledBuffer output) =>
        WriteChunk(MessageType.Message, ChunkType.Abort, requestId, error.EncodeBody(), output);

    /// <summary>Appends one intermediate chunk, where a message is given up or sent in parts.</summary>
    public void WriteIntermediate(uint requestId, ReadOnlySpan<byte> body, PooledBuffer output) =>
        WriteChunk(MessageType.Message, ChunkType.Intermediate, requestId, body, output);

    /// <summary>Appends an OpenSecureChannel request or response; it is always one chunk.</summary>
    public void WriteOpen(OpenSecurity security, uint requestId, ReadOnlySpan<byte> message, PooledBuffer output)
    {
        var sequence = SequenceNumbers.After(_lastSequence);
        var frame = AsymmetricChunk.Protect(security, ChannelId, sequence, requestId, message);
        if (frame.Length > agreement.SendChunkBytes)
        {
            throw new OpcUaException(
                tooLarge,
                $"OpenSecureChannel takes {frame.Length} bytes, the peer takes {agreement.SendChunkBytes}. "
                + "Is the own certificate chain too long?");
        }

        output.Append(frame);
        _lastSequence = sequence;
    }

    public void Dispose() => _keys?.Dispose();

    private void WriteChunk(
        MessageType type, ChunkType kind, uint requestId, ReadOnlySpan<byte> body, PooledBuffer output)
    {
        var padding = ChunkLayout.Padding(body.Length, _keys);
        var signature = _keys is null ? 0 : SymmetricKeys.SignatureLength;
        var signed = ChunkLayout.BodyOffset + body.Length + padding;
        var size = signed + signature;
        var offset = output.Take(size);
        var chunk = output.Bytes.AsSpan(offset, size);

        _lastSequence = SequenceNumbers.After(_lastSequence);
        new FrameHeader(type, kind, size).Write(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[ChunkLayout.ChannelIdOffset..], ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[ChunkLayout.TokenIdOffset..], _tokenId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[ChunkLayout.SequenceOffset..], _lastSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[ChunkLayout.RequestIdOffset..], requestId);
        body.CopyTo(chunk[ChunkLayout.BodyOffset..]);
        chunk.Slice(ChunkLayout.BodyOffset + body.Length, padding).Fill((byte)(padding - 1));

        if (_keys is null)
        {
            return;
        }

        _keys.Sign(chunk[..signed], chunk[signed..]);
        if (_keys.Encrypts)
        {
            _keys.Transform(
                output.Bytes, offset + ChunkLayout.SequenceOffset, size - ChunkLayout.SequenceOffset);
        }
    }
}
