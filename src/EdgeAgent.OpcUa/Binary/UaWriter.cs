using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// Writes the binary encoding (Part 6, 5.2) into a buffer of its own that grows and is used again. Not safe for
/// concurrent use.
/// </summary>
public sealed partial class UaWriter
{
    private byte[] _buffer;

    /// <param name="capacity">First size of the buffer in bytes.</param>
    public UaWriter(int capacity = 256) => _buffer = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Position { get; private set; }

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Position);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Position);

    /// <summary>Begins anew in the same buffer.</summary>
    public void Reset() => Position = 0;

    /// <summary>Goes back to an earlier position.</summary>
    public void Truncate(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Position, nameof(position));
        Position = position;
    }

    /// <summary>Room for what is written by hand.</summary>
    public Span<byte> Reserve(int count)
    {
        if (count > _buffer.Length - Position)
        {
            Grow(count);
        }

        var span = _buffer.AsSpan(Position, count);
        Position += count;
        return span;
    }

    /// <summary>Writes a UInt32 or Int32 over one that was written before.</summary>
    public void Patch(int position, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(0, Position).Slice(position, sizeof(uint)), value);

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteSByte(sbyte value) => WriteByte((byte)value);

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Reserve(sizeof(short)), value);

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    public void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(Reserve(sizeof(float)), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);

    public void WriteDateTime(UaDateTime value) => WriteInt64(value.Ticks);

    public void WriteStatusCode(StatusCode value) => WriteUInt32(value.Value);

    public void WriteGuid(Guid value) => value.TryWriteBytes(Reserve(16));

    public void WriteEnum<T>(T value)
        where T : struct, Enum => WriteInt32(Unsafe.As<T, int>(ref value));

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteInt32(length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    public void WriteByteString(byte[]? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
        }
        else
        {
            WriteByteString(value.AsSpan());
        }
    }

    public void WriteByteString(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        WriteBytes(value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>The type id that stands before a message or structure.</summary>
    public void WriteEncodingId(uint encodingId) => WriteNodeId(new(encodingId));

    public void WriteList<T>(IReadOnlyList<T> value)
        where T : class, IUaStructure<T>
    {
        WriteInt32(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            value[i].Encode(this);
        }
    }

    private void Grow(int count) =>
        Array.Resize(ref _buffer,
            (int)Math.Max((uint)Position + (uint)count, Math.Min(2L * _buffer.Length, Array.MaxLength)));
}
