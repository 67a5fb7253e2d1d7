using System.Buffers.Binary;

namespace EdgeAgent.Journal.Format;

/// <summary>Writes the primitives of the format. The caller provides room enough.</summary>
internal ref struct ByteWriter(Span<byte> buffer)
{
    public const int MaxVarintBytes = 10;

    private readonly Span<byte> _buffer = buffer;

    public int Position { get; private set; }

    public void WriteByte(byte value) => _buffer[Position++] = value;

    public void WriteVarint(ulong value)
    {
        var at = Position;
        while (value >= 0x80)
        {
            _buffer[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[at++] = (byte)value;
        Position = at;
    }

    public void WriteZigZag(long value) => WriteVarint(ZigZag(value));

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>The next <paramref name="count"/> bytes, to be filled by the caller.</summary>
    public Span<byte> Take(int count)
    {
        var taken = _buffer.Slice(Position, count);
        Position += count;
        return taken;
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
