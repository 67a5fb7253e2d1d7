using System.Buffers.Binary;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

// Part 6, 6.7.2: a chunk under symmetric keys
//
//    0          8          12         16         20         24
//    +----------+----------+----------+----------+----------+------ - -+---+---------+-----------+
//    | MSG F 8  | channel  | token    | sequence | request  | body     | n | padding | signature |
//    +----------+----------+----------+----------+----------+------ - -+---+---------+-----------+
//                                     |<------------------------ encrypted --------------------->|
//    |<------------------------------------ signed ------------------------------->|
//
// "n" is the count of padding bytes, each of which has the value n; so the byte before the signature always says n.
// No n and no padding unless encrypted; no signature under None.
//
/// <summary>Where things are in a chunk under symmetric keys.</summary>
internal static class ChunkLayout
{
    public const int ChannelIdOffset = FrameHeader.Length;
    public const int TokenIdOffset = 12;
    public const int SequenceOffset = 16;
    public const int RequestIdOffset = 20;
    public const int SequenceLength = 8;
    public const int BodyOffset = SequenceOffset + SequenceLength;

    public static uint ReadChannelId(ReadOnlySpan<byte> chunk) =>
        BinaryPrimitives.ReadUInt32LittleEndian(chunk[ChannelIdOffset..]);

    /// <summary>AES keys are shorter than 2048 bits, so the padding count is one byte (Part 6, 6.7.2.5).</summary>
    private const int PaddingSizeLength = 1;

    /// <summary>How many bytes of a message a chunk of at most <paramref name="chunkBytes"/> bytes can take.</summary>
    public static int MaxBody(int chunkBytes, SymmetricKeys? keys) => keys switch
    {
        null => chunkBytes - BodyOffset,
        { Encrypts: false } => chunkBytes - BodyOffset - SymmetricKeys.SignatureLength,
        _ => ((chunkBytes - SequenceOffset) / CbcStream.BlockLength * CbcStream.BlockLength)
            - SequenceLength - PaddingSizeLength - SymmetricKeys.SignatureLength,
    };

    /// <summary>Bytes of padding, with the byte that counts them, behind a body of this length.</summary>
    public static int Padding(int bodyLength, SymmetricKeys? keys)
    {
        if (keys is not { Encrypts: true })
        {
            return 0;
        }

        var plain = SequenceLength + bodyLength + PaddingSizeLength + SymmetricKeys.SignatureLength;
        var over = plain % CbcStream.BlockLength;
        return PaddingSizeLength + (over == 0 ? 0 : CbcStream.BlockLength - over);
    }
}
