using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace EdgeAgent.Sinks;

/// <summary>
/// CRC-32C (Castagnoli, reflected, initial value and final XOR 0xFFFFFFFF) of a stored row. SQLite has no page
/// checksums: most flipped bits pass its integrity check, so every row carries its own.
/// </summary>
/// <remarks>
/// <code>
///   4 bytes LE   n bytes   4 bytes LE   m bytes   rest
/// +------------+---------+------------+---------+---------+
/// |  n         |  id     |  m         |  topic  | payload |     id and topic in UTF-8
/// +------------+---------+------------+---------+---------+
/// </code>
/// </remarks>
internal static class RowChecksum
{
    public static uint OfMessage(string id, string topic, ReadOnlySpan<byte> payload) =>
        ~Add(AddText(AddText(uint.MaxValue, id), topic), payload);

    public static uint OfCursor(string name, long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
        return ~Add(AddText(uint.MaxValue, name), bytes);
    }

    private static uint AddText(uint crc, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Add(Add(crc, length), bytes);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
