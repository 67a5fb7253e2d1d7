using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

// Part 6, 6.7.2: an OPN frame
//
//    0                             h          h+8
//    +----------------------- - - -+----------+------ - -+---+---------+---+-----------+
//    | security header             | sequence | body     | n | padding | N | signature |
//    +----------------------- - - -+----------+------ - -+---+---------+---+-----------+
//                                  |<---- encrypted in blocks of the receiver's key --->|
//    |<--------------------------- signed ---------------------------->|
//
// The padding is N * 256 + n bytes of value n; N is there only if the receiver's key is longer than 2048 bits. The
// size in the frame header, which is signed, is that of the encrypted frame. Under None only header, sequence and body.
//
/// <summary>OpenSecureChannel messages under RSA keys. They are rare: one, and one more for each renewal.</summary>
internal static class AsymmetricChunk
{
    // Part 6, 6.7.2.5: with longer keys a block, and so the padding, may take more than 255 bytes.
    private const int LongKeyBits = 2048;

    /// <summary>Builds the whole frame.</summary>
    public static byte[] Protect(
        OpenSecurity security, uint channelId, uint sequence, uint requestId, ReadOnlySpan<byte> body)
    {
        var policy = Encoding.UTF8.GetBytes(security.Policy.Uri);
        var headerLength =
            AsymmetricHeader.LengthOf(policy.Length, security.OwnChain.Length, security.PeerThumbprint.Length);
        var plainLength = ChunkLayout.SequenceLength + body.Length;
        var (paddingLength, signatureLength) = security.Policy.IsSecure
            ? (PaddingLength(security, plainLength), SecurityPolicy.CipherBlockLength(security.OwnKey!))
            : (0, 0);

        var signed = headerLength + plainLength + paddingLength;
        var plain = new byte[signed + signatureLength];
        var size = security.Policy.IsSecure
            ? headerLength + CipherLength(security, plain.Length - headerLength)
            : plain.Length;
        new FrameHeader(MessageType.OpenSecureChannel, ChunkType.Final, size).Write(plain);
        AsymmetricHeader.Write(plain, channelId, policy, security.OwnChain, security.PeerThumbprint);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(headerLength), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(headerLength + sizeof(uint)), requestId);
        body.CopyTo(plain.AsSpan(headerLength + ChunkLayout.SequenceLength));
        if (!security.Policy.IsSecure)
        {
            return plain;
        }

        WritePadding(security, plain.AsSpan(headerLength + plainLength, paddingLength));
        security.Policy.Sign(security.OwnKey!, plain.AsSpan(0, signed)).CopyTo(plain, signed);
        var cipher = security.Policy.Encrypt(security.PeerKey!, plain.AsSpan(headerLength));
        return [.. plain.AsSpan(0, headerLength), .. cipher];
    }

    /// <summary>
    /// Checks a frame against what this side knows of the peer; the plain text replaces the encrypted.
    /// </summary>
    public static (uint Sequence, uint RequestId, int BodyOffset, int BodyLength) Unprotect(
        OpenSecurity security, AsymmetricHeader header, Span<byte> frame)
    {
        CheckHeader(security, header);
        var plainLength = security.Policy.IsSecure ? Uncover(security, header, frame) : frame.Length - header.Length;
        if (plainLength < ChunkLayout.SequenceLength)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError, "An OpenSecureChannel message ends before its sequence header.");
        }

        var plain = frame.Slice(header.Length, plainLength);
        return (
            BinaryPrimitives.ReadUInt32LittleEndian(plain),
            BinaryPrimitives.ReadUInt32LittleEndian(plain[sizeof(uint)..]),
            header.Length + ChunkLayout.SequenceLength,
            plainLength - ChunkLayout.SequenceLength);
    }

    private static void CheckHeader(OpenSecurity security, AsymmetricHeader header)
    {
        if (!header.Policy.SequenceEqual(Encoding.UTF8.GetBytes(security.Policy.Uri)))
        {
            throw new OpcUaException(
                StatusCodes.BadSecurityPolicyRejected,
                $"The peer answers under the policy \"{header.PolicyUri}\", the channel uses {security.Policy}.");
        }

        if (!security.Policy.IsSecure)
        {
            return;
        }

        if (header.SenderChain.IsEmpty
            || !OpenSecurity.Leaf(header.SenderChain).SequenceEqual(security.PeerCertificate))
        {
            throw new OpcUaException(
                StatusCodes.BadSecurityChecksFailed,
                "The peer answers with another certificate than the one that was expected and checked.");
        }

        if (!header.ReceiverThumbprint.SequenceEqual(security.OwnThumbprint))
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, "The message is meant for the owner of another certificate.");
        }
    }

    /// <summary>Decrypts and verifies; returns the bytes of sequence header and body.</summary>
    private static int Uncover(OpenSecurity security, AsymmetricHeader header, Span<byte> frame)
    {
        var plain = security.Policy.Decrypt(security.OwnKey!, frame[header.Length..]);
        plain.CopyTo(frame[header.Length..]);

        var signatureLength = SecurityPolicy.CipherBlockLength(security.PeerKey!);
        var signed = header.Length + plain.Length - signatureLength;
        var countLength = HasLongKey(security.OwnKey!) ? 2 : 1;
        var content = signed - header.Length - countLength;
        if (content < 0
            || !security.Policy.Verify(security.PeerKey!, frame[..signed], frame.Slice(signed, signatureLength)))
        {
            throw NotSecure();
        }

        var padding = countLength == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(frame[(signed - 2)..])
            : frame[signed - 1];
        return content >= padding ? content - padding : throw NotSecure();
    }

    private static void WritePadding(OpenSecurity security, Span<byte> padding)
    {
        var count = padding.Length - (HasLongKey(security.PeerKey!) ? 2 : 1);
        padding.Fill((byte)count);
        if (HasLongKey(security.PeerKey!))
        {
            padding[^1] = (byte)(count >> 8);
        }
    }

    /// <summary>Padding with its one or two bytes of count, so that whole blocks are encrypted.</summary>
    private static int PaddingLength(OpenSecurity security, int plainLength)
    {
        var block = security.Policy.PlainBlockLength(security.PeerKey!);
        var count = HasLongKey(security.PeerKey!) ? 2 : 1;
        var over = (plainLength + count + SecurityPolicy.CipherBlockLength(security.OwnKey!)) % block;
        return count + (over == 0 ? 0 : block - over);
    }

    private static int CipherLength(OpenSecurity security, int plainLength) =>
        plainLength / security.Policy.PlainBlockLength(security.PeerKey!)
        * SecurityPolicy.CipherBlockLength(security.PeerKey!);

    private static bool HasLongKey(RSA key) => key.KeySize > LongKeyBits;

    private static OpcUaException NotSecure() => new(
        StatusCodes.BadSecurityChecksFailed, "The OpenSecureChannel message fails the security checks.");
}
