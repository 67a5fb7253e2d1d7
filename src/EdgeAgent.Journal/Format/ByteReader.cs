using System.Buffers.Binary;

namespace EdgeAgent.Journal.Format;

/// <summary>Reads the primitives of the format.</summary>
/// <exception cref="JournalFormatException">
/// From every method: the bytes end too early, or a number is too long.
/// </exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    public byte ReadByte()
    {
        if (_position >= _bytes.Length)
        {
            throw TooShort();
        }

        return _bytes[_position++];
    }

    public ulong ReadVarint()
    {
        var first = ReadByte();
        if (first < 0x80)
        {
            return first;
        }

        var value = (ulong)first & 0x7F;
        for (var shift = 7; shift < 64; shift += 7)
        {
            var next = ReadByte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new JournalFormatException("A number has more than 64 bits.");
    }

    public long ReadZigZag() => UnZigZag(ReadVarint());

    /// <summary>A varint that may be at most <paramref name="max"/>.</summary>
    public int ReadCount(int max)
    {
        var count = ReadVarint();
        return count <= (ulong)max ? (int)count : throw new JournalFormatException($"{count} is more than {max}.");
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _position))
        {
            throw TooShort();
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static JournalFormatException TooShort() => new("The bytes end too early.");
}
