using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.OpcUa.SecureChannel;

// Part 6, 6.7.2.3: the security header of an OPN frame
//
//    0          8          12         16
//    +----------+----------+----------+------- - -+--------+--------------- - -+--------+------------+
//    | OPN F 8  | channel  | length   | policy    | length | sender's chain    | length | thumbprint |
//    +----------+----------+----------+------- - -+--------+--------------- - -+--------+------------+
//
// A length of -1 is null. The thumbprint is the SHA-1 of the receiver's certificate: a name, not a protection.
//
/// <summary>
/// Who speaks to whom, and how an OpenSecureChannel message is protected. Nothing here is verified yet.
/// </summary>
internal readonly ref struct AsymmetricHeader
{
    /// <summary>Room for a chain of three certificates with 4096-bit keys; what others limit a chain to.</summary>
    public const int MaxChainBytes = 7500;

    // Part 6, table 54: "shall not be more than 255 bytes".
    private const int MaxPolicyBytes = 255;

    private AsymmetricHeader(
        uint channelId,
        ReadOnlySpan<byte> policy,
        ReadOnlySpan<byte> senderChain,
        ReadOnlySpan<byte> receiverThumbprint,
        int length)
    {
        ChannelId = channelId;
        Policy = policy;
        SenderChain = senderChain;
        ReceiverThumbprint = receiverThumbprint;
        Length = length;
    }

    public uint ChannelId { get; }

    /// <summary>The policy's URI in UTF-8.</summary>
    public ReadOnlySpan<byte> Policy { get; }

    /// <summary>DER certificates behind each other, the sender's first; empty under None.</summary>
    public ReadOnlySpan<byte> SenderChain { get; }

    /// <summary>Empty under None.</summary>
    public ReadOnlySpan<byte> ReceiverThumbprint { get; }

    /// <summary>Bytes up to where the sequence header begins, or what is encrypted.</summary>
    public int Length { get; }

    public string PolicyUri => Encoding.UTF8.GetString(Policy);

    /// <param name="frame">The whole frame.</param>
    public static AsymmetricHeader Read(ReadOnlySpan<byte> frame)
    {
        const int policyOffset = ChunkLayout.ChannelIdOffset + sizeof(uint);
        if (frame.Length < policyOffset)
        {
            throw Malformed($"has only {frame.Length} bytes");
        }

        var channelId = BinaryPrimitives.ReadUInt32LittleEndian(frame[ChunkLayout.ChannelIdOffset..]);
        var rest = frame[policyOffset..];
        var policy = ReadBytes(ref rest, "policy", MaxPolicyBytes);
        var chain = ReadBytes(ref rest, "sender certificate", MaxChainBytes);
        var thumbprint = ReadBytes(ref rest, "receiver thumbprint", SHA1.HashSizeInBytes);
        return new(channelId, policy, chain, thumbprint, frame.Length - rest.Length);
    }

    public static int LengthOf(int policyBytes, int chainBytes, int thumbprintBytes) =>
        ChunkLayout.ChannelIdOffset + sizeof(uint)
        + (3 * sizeof(int)) + policyBytes + chainBytes + thumbprintBytes;

    /// <summary>Writes channel, policy, chain and thumbprint behind the frame header.</summary>
    public static void Write(
        Span<byte> frame,
        uint channelId,
        ReadOnlySpan<byte> policy,
        ReadOnlySpan<byte> chain,
        ReadOnlySpan<byte> thumbprint)
    {
        var rest = frame[ChunkLayout.ChannelIdOffset..];
        BinaryPrimitives.WriteUInt32LittleEndian(rest, channelId);
        rest = rest[sizeof(uint)..];
        WriteBytes(ref rest, policy);
        WriteBytes(ref rest, chain);
        WriteBytes(ref rest, thumbprint);
    }

    private static ReadOnlySpan<byte> ReadBytes(scoped ref ReadOnlySpan<byte> rest, string name, int max)
    {
        if (rest.Length < sizeof(int))
        {
            throw Malformed($"ends before its {name}");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        if (length == -1)
        {
            return default;
        }

        if (length < 0 || length > max || length > rest.Length)
        {
            throw Malformed($"says that its {name} takes {length} bytes, of {rest.Length} left and {max} allowed");
        }

        var bytes = rest[..length];
        rest = rest[length..];
        return bytes;
    }

    private static void WriteBytes(scoped ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, bytes.IsEmpty ? -1 : bytes.Length);
        rest = rest[sizeof(int)..];
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static OpcUaException Malformed(string what) =>
        new(StatusCodes.BadDecodingError, $"The security header of an OpenSecureChannel message {what}.");
}
