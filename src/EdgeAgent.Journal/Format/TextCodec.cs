using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Journal.Format;

// 0 for null, else n + 1 with n = bytes << 1 | utf16; then the bytes. UTF-16 only for texts that are not well-formed,
// which UTF-8 could not give back exactly.
internal static class TextCodec
{
    private const int MaxLengthBytes = 5;

    /// <summary>The most bytes that a text can take.</summary>
    public static int MaxBytes(string? text) => MaxLengthBytes + (3 * (text?.Length ?? 0));

    /// <summary>Whether a text is short enough to be stored, whatever its characters.</summary>
    public static bool Fits(string text) => 3L * text.Length <= JournalFormat.MaxTextBytes;

    public static void Write(ref ByteWriter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteVarint(0);
            return;
        }

        var byteCount = Encoding.UTF8.GetByteCount(text);
        var scratch = ArrayPool<byte>.Shared.Rent(byteCount);
        var isUtf8 = Utf8.FromUtf16(text, scratch, out _, out var written, replaceInvalidSequences: false)
            is OperationStatus.Done;
        var bytes = isUtf8 ? scratch.AsSpan(0, written) : MemoryMarshal.AsBytes(text.AsSpan());
        writer.WriteVarint((((ulong)bytes.Length << 1) | (isUtf8 ? 0u : 1u)) + 1);
        bytes.CopyTo(writer.Take(bytes.Length));
        ArrayPool<byte>.Shared.Return(scratch);
    }

    public static string? Read(ref ByteReader reader)
    {
        var code = reader.ReadVarint();
        if (code == 0)
        {
            return null;
        }

        var length = (code - 1) >> 1;
        if (length > JournalFormat.MaxTextBytes)
        {
            throw new JournalFormatException($"A text has {length} bytes, at most {JournalFormat.MaxTextBytes}.");
        }

        var bytes = reader.Take((int)length);
        return ((code - 1) & 1) == 0 ? Encoding.UTF8.GetString(bytes) : Utf16(bytes);
    }

    // Not Encoding.Unicode, which replaces what is not well-formed.
    private static string Utf16(ReadOnlySpan<byte> bytes) =>
        bytes.Length % sizeof(char) == 0
            ? new string(MemoryMarshal.Cast<byte, char>(bytes))
            : throw new JournalFormatException("A UTF-16 text has an odd number of bytes.");
}
