using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>The sender of one side and the receiver of the other, with one token between them.</summary>
internal sealed class ChannelPair
{
    public const uint ChannelId = 77;
    public const uint TokenId = 5;
    public const long Expires = 1_000;

    private readonly SecurityPolicy _policy;
    private readonly MessageSecurityMode _mode;

    public ChannelPair(SecurityPolicy policy, MessageSecurityMode mode, TransportAgreement? agreement = null)
    {
        (_policy, _mode) = (policy, mode);
        Agreement = agreement ?? new(65_536, 65_536, 1 << 20, 1_000, 1 << 20, 1_000);
        Writer = new(Agreement, StatusCodes.BadRequestTooLarge) { ChannelId = ChannelId };
        Reader = new() { ChannelId = ChannelId };
        Assembler = new(Agreement, StatusCodes.BadResponseTooLarge);
        var (sending, receiving) = NewKeys();
        Writer.UseToken(TokenId, sending);
        Reader.AddToken(TokenId, receiving, Expires);
    }

    /// <summary>Every policy with every mode that goes with it.</summary>
    public static TheoryData<string, string> Securities
    {
        get
        {
            var data = new TheoryData<string, string> { { "None", "None" } };
            foreach (var policy in SecurityPolicy.All.Where(policy => policy.IsSecure))
            {
                data.Add(policy.Name, "Sign");
                data.Add(policy.Name, "SignAndEncrypt");
            }

            return data;
        }
    }

    public TransportAgreement Agreement { get; }

    public ChunkWriter Writer { get; }

    public ChunkReader Reader { get; }

    public MessageAssembler Assembler { get; }

    public static ChannelPair Of(string policy, string mode, TransportAgreement? agreement = null) =>
        new(SecurityPolicy.FindByName(policy)!, Enum.Parse<MessageSecurityMode>(mode), agreement);

    /// <summary>Keys for a writer and the reader at the other end.</summary>
    public (SymmetricKeys? Sending, SymmetricKeys? Receiving) NewKeys()
    {
        var (own, peer) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var (sending, _) = SymmetricKeys.Derive(_policy, _mode, own, peer);
        var (_, receiving) = SymmetricKeys.Derive(_policy, _mode, peer, own);
        return (sending, receiving);
    }

    /// <summary>The frames of one message.</summary>
    public byte[] Write(uint requestId, ReadOnlySpan<byte> message, MessageType type = MessageType.Message)
    {
        using var output = new PooledBuffer();
        Writer.Write(type, requestId, message, output);
        return output.Bytes.AsSpan(0, output.Length).ToArray();
    }

    /// <summary>Everything that the frames hold, read by this side; the frames are left as they are.</summary>
    public List<(uint RequestId, byte[] Body)> Read(ReadOnlySpan<byte> frames, long now = 0)
    {
        var messages = new List<(uint, byte[])>();
        var buffer = frames.ToArray();
        for (var offset = 0; offset < buffer.Length;)
        {
            if (!FrameHeader.TryRead(buffer.AsSpan(offset), Agreement.ReceiveChunkBytes, out var frame)
                || frame.Size > buffer.Length - offset)
            {
                throw new OpcUaException(StatusCodes.BadUnexpectedError, "The frame is not whole.");
            }

            var chunk = Reader.Read(buffer, offset, frame, now);
            if (Assembler.TryAdd(buffer, chunk, out var message))
            {
                messages.Add((message.RequestId, message.Aborted is null ? message.Body.ToArray() : []));
            }

            offset += frame.Size;
        }

        return messages;
    }
}
