using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;
using EdgeAgent.Tests.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Fuzz;

/// <summary>One security of a channel: frames that its peer could send, and the reader that they meet.</summary>
internal sealed class SecureFrames : IDisposable
{
    private const uint ChannelId = 9;
    private const uint TokenId = 3;
    private const int FrameMax = 8_192;

    private static readonly TransportAgreement Agreement = new(FrameMax, FrameMax, 1 << 16, 16, 1 << 16, 16);

    private readonly SymmetricKeys? _sending;
    private readonly SymmetricKeys? _receiving;
    private readonly ChunkWriter _writer = new(Agreement, StatusCodes.BadRequestTooLarge) { ChannelId = ChannelId };

    public SecureFrames(SecurityPolicy policy, MessageSecurityMode mode)
    {
        var (own, peer) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        (_sending, var unused) = SymmetricKeys.Derive(policy, mode, own, peer);
        unused?.Dispose();
        (unused, _receiving) = SymmetricKeys.Derive(policy, mode, peer, own);
        unused?.Dispose();
        _writer.UseToken(TokenId, _sending);
    }

    /// <summary>What a client's receive loop does with a frame, up to the message.</summary>
    public void Receive(byte[] input)
    {
        if (!FrameHeader.TryRead(input, FrameMax, out var frame) || frame.Size > input.Length)
        {
            throw new OpcUaException(StatusCodes.BadConnectionClosed, "The frame is not whole.");
        }

        // The keys outlive the reader; a new one is as after opening the channel.
        var reader = new ChunkReader { ChannelId = ChannelId };
        reader.AddToken(TokenId, _receiving, long.MaxValue);
        using var assembler = new MessageAssembler(Agreement, StatusCodes.BadResponseTooLarge);
        var chunk = reader.Read(input, 0, frame, 0);
        if (assembler.TryAdd(input, chunk, out var message))
        {
            Corpus.Decode(message.Body.ToArray());
        }
    }

    /// <summary>A proper frame.</summary>
    public byte[] Write(byte[] message)
    {
        using var output = new PooledBuffer();
        _writer.Write(MessageType.Message, 1, message, output);
        return output.Bytes.AsSpan(0, output.Length).ToArray();
    }

    /// <summary>A frame signed as it must be over a plain text that is noise: of a peer with keys and without manners.</summary>
    public byte[] Noise(Random random)
    {
        var body = random.Next(200);
        var signature = _sending is null ? 0 : SymmetricKeys.SignatureLength;
        var length = ChunkLayout.BodyOffset + body + signature;
        if (_sending is { Encrypts: true })
        {
            length += (16 - ((length - ChunkLayout.SequenceOffset) % 16)) % 16;
        }

        var frame = new byte[length];
        random.NextBytes(frame);
        "MSG"u8.CopyTo(frame);
        frame[3] = "FCA"u8[random.Next(3)];
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), TokenId);
        if (random.Next(2) == 0 && length - signature > ChunkLayout.BodyOffset)
        {
            frame[length - signature - 1] = (byte)random.Next(20); // A padding that may fit.
        }

        if (_sending is not null)
        {
            _sending.Sign(frame.AsSpan(0, length - signature), frame.AsSpan(length - signature));
        }

        if (_sending is { Encrypts: true })
        {
            _sending.Transform(frame, ChunkLayout.SequenceOffset, length - ChunkLayout.SequenceOffset);
        }

        return frame;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _receiving?.Dispose();
    }
}
