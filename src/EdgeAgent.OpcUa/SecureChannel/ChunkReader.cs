using System.Buffers.Binary;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// Checks and deciphers the chunks of the other side, in place and in the order of Part 6, 6.7.6: channel, token,
/// signature, sequence number. One thread at a time. The same for client and server. Whatever it throws, the channel is
/// to be closed.
/// </summary>
internal sealed class ChunkReader : IDisposable
{
    private Token? _newest;
    private Token? _previous;
    private uint? _lastSequence;

    /// <summary>The server gives it in the first OpenSecureChannel response; 0 until then.</summary>
    public uint ChannelId { get; set; }

    /// <summary>
    /// Whether the peer has used the newest token. A server goes on with the old one until then (Part 4, 5.5.2).
    /// </summary>
    public bool NewestTokenUsed => _previous is null;

    /// <summary>
    /// Takes a further token; the one before is honoured until the peer uses the new one, or it expires.
    /// </summary>
    /// <param name="keys">For receiving; null under <see cref="Services.MessageSecurityMode.None"/>.</param>
    /// <param name="expires">When it is no longer honoured, in the time of <see cref="Read"/>.</param>
    public void AddToken(uint tokenId, SymmetricKeys? keys, long expires)
    {
        _previous?.Keys?.Dispose();
        (_previous, _newest) = (_newest, new(tokenId, keys, expires));
    }

    /// <summary>Reads a whole MSG or CLO frame that begins at <paramref name="offset"/>; deciphers in place.</summary>
    /// <param name="now">A timestamp of the clock that <see cref="AddToken"/> was given.</param>
    public Chunk Read(byte[] buffer, int offset, FrameHeader frame, long now)
    {
        var chunk = buffer.AsSpan(offset, frame.Size);
        if (chunk.Length < ChunkLayout.BodyOffset)
        {
            throw TooShort(frame);
        }

        CheckChannel(ChunkLayout.ReadChannelId(chunk));
        var keys = FindToken(BinaryPrimitives.ReadUInt32LittleEndian(chunk[ChunkLayout.TokenIdOffset..]), now);
        var bodyLength = keys is null
            ? chunk.Length - ChunkLayout.BodyOffset
            : Uncover(keys, buffer, offset, frame);

        CheckSequence(BinaryPrimitives.ReadUInt32LittleEndian(chunk[ChunkLayout.SequenceOffset..]));
        return new(
            frame.Type,
            frame.Chunk,
            BinaryPrimitives.ReadUInt32LittleEndian(chunk[ChunkLayout.RequestIdOffset..]),
            offset + ChunkLayout.BodyOffset,
            bodyLength);
    }

    /// <summary>Reads a whole OPN frame that begins at <paramref name="offset"/>; deciphers in place.</summary>
    /// <param name="security">Of this side; the frame's header must fit it.</param>
    public Chunk ReadOpen(byte[] buffer, int offset, FrameHeader frame, OpenSecurity security)
    {
        var chunk = buffer.AsSpan(offset, frame.Size);
        var header = AsymmetricHeader.Read(chunk);
        if (ChannelId != 0)
        {
            CheckChannel(header.ChannelId);
        }

        var opened = AsymmetricChunk.Unprotect(security, header, chunk);
        CheckSequence(opened.Sequence);
        return new(frame.Type, frame.Chunk, opened.RequestId, offset + opened.BodyOffset, opened.BodyLength);
    }

    public void Dispose()
    {
        _newest?.Keys?.Dispose();
        _previous?.Keys?.Dispose();
    }

    private void CheckChannel(uint channelId)
    {
        if (channelId != ChannelId)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpSecureChannelUnknown, $"A chunk of channel {channelId} came on channel {ChannelId}.");
        }
    }

    private SymmetricKeys? FindToken(uint tokenId, long now)
    {
        if (_newest is { } newest && newest.Id == tokenId && now < newest.Expires)
        {
            if (_previous is not null)
            {
                _previous.Keys?.Dispose();
                _previous = null;
            }

            return newest.Keys;
        }

        if (_previous is { } previous && previous.Id == tokenId && now < previous.Expires)
        {
            return previous.Keys;
        }

        throw new OpcUaException(
            StatusCodes.BadSecureChannelTokenUnknown,
            $"A chunk is secured with token {tokenId}, which is {(IsKnown(tokenId) ? "expired" : "not known")}.");
    }

    private bool IsKnown(uint tokenId) => tokenId == _newest?.Id || tokenId == _previous?.Id;

    private static int Uncover(SymmetricKeys keys, byte[] buffer, int offset, FrameHeader frame)
    {
        var chunk = buffer.AsSpan(offset, frame.Size);
        var signed = chunk.Length - SymmetricKeys.SignatureLength;
        if (signed < ChunkLayout.BodyOffset)
        {
            throw TooShort(frame);
        }

        if (keys.Encrypts)
        {
            var encrypted = chunk.Length - ChunkLayout.SequenceOffset;
            if (encrypted % CbcStream.BlockLength != 0)
            {
                throw NotSecure(frame);
            }

            keys.Transform(buffer, offset + ChunkLayout.SequenceOffset, encrypted);
        }

        if (!keys.Verify(chunk[..signed], chunk[signed..]))
        {
            throw NotSecure(frame);
        }

        // The signature covers the padding, so only its length can still be wrong.
        var padding = keys.Encrypts ? chunk[signed - 1] + 1 : 0;
        var bodyLength = signed - ChunkLayout.BodyOffset - padding;
        return bodyLength >= 0 ? bodyLength : throw NotSecure(frame);
    }

    private void CheckSequence(uint sequence)
    {
        if (_lastSequence is { } last && !SequenceNumbers.IsNext(last, sequence))
        {
            throw new OpcUaException(
                StatusCodes.BadSequenceNumberInvalid, $"Chunk number {sequence} came after number {last}.");
        }

        _lastSequence = sequence;
    }

    private static OpcUaException TooShort(FrameHeader frame) =>
        new(StatusCodes.BadDecodingError, $"A {frame.Type} frame has {frame.Size} bytes, less than its headers.");

    private static OpcUaException NotSecure(FrameHeader frame) => new(
        StatusCodes.BadSecurityChecksFailed,
        $"A {frame.Type} frame of {frame.Size} bytes fails the security checks.");

    private sealed record Token(uint Id, SymmetricKeys? Keys, long Expires);
}
