using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// Reads the binary encoding (Part 6, 5.2). Little endian; every length is checked against the bytes that are left and
/// against the limits before anything is allocated, and all allocation is charged to one budget.
/// </summary>
public ref partial struct UaReader
{
    // What 64-bit .NET takes beside the content: of an array; of a string, rounded up; of a boxed value or small
    // object.
    private const int ArrayHeader = 24;
    private const int StringHeader = 30;
    private const int ObjectSize = 64;

    private readonly ReadOnlySpan<byte> _span;
    private readonly DecodingLimits _limits;
    private int _position;
    private long _budget;
    private int _nesting;
    private bool _isInDataValue;

    /// <param name="span">What is to be read; nothing beyond it is touched.</param>
    /// <param name="limits">Bounds.</param>
    public UaReader(ReadOnlySpan<byte> span, DecodingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _span = span;
        _limits = limits;
        _budget = limits.MemoryBase + ((long)span.Length * limits.MemoryPerByte);
    }

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    public readonly int Remaining => _span.Length - _position;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _span[_position..];

    public bool ReadBoolean() => ReadByte() != 0;

    public sbyte ReadSByte() => (sbyte)ReadByte();

    public byte ReadByte()
    {
        if ((uint)_position >= (uint)_span.Length)
        {
            ThrowEnd(1);
        }

        return _span[_position++];
    }

    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(Take(sizeof(short)));

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public UaDateTime ReadDateTime() => new(ReadInt64());

    public StatusCode ReadStatusCode() => new(ReadUInt32());

    /// <summary>Part 6, 5.1.3: the first three fields are little endian, the last eight bytes in order.</summary>
    public Guid ReadGuid() => new(Take(16));

    /// <summary>An enumeration as its Int32; values the enumeration does not know are kept.</summary>
    public T ReadEnum<T>()
        where T : struct, Enum
    {
        var value = ReadInt32();
        return Unsafe.As<int, T>(ref value);
    }

    /// <summary>UTF-8, refused where it is malformed; null has the length -1.</summary>
    public string? ReadString()
    {
        var bytes = TakeCounted(_limits.StringBytes, "String", out var isNull);
        if (isNull)
        {
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            throw Malformed("a String is not UTF-8");
        }

        Charge((2L * bytes.Length) + StringHeader);
        return Encoding.UTF8.GetString(bytes);
    }

    public byte[]? ReadByteString()
    {
        var bytes = TakeCounted(_limits.ByteStringBytes, "ByteString", out var isNull);
        if (isNull)
        {
            return null;
        }

        Charge(ArrayHeader + sizeof(long) + (long)bytes.Length);
        return bytes.ToArray();
    }

    /// <summary>The bytes of a String, ByteString or XmlElement without copying them.</summary>
    public ReadOnlySpan<byte> SkipByteString(out bool isNull) =>
        TakeCounted(_limits.ByteStringBytes, "ByteString", out isNull);

    /// <summary>The length of an array that follows: 0 for null, never more than the bytes left can hold.</summary>
    /// <param name="minimumSize">The fewest bytes an element takes, at least 1.</param>
    /// <param name="memorySize">What an element will take in memory.</param>
    public int ReadCount(int minimumSize, int memorySize)
    {
        var count = ReadLength(minimumSize);
        Charge((long)count * memorySize);
        return count;
    }

    /// <summary>An array of structures.</summary>
    public IReadOnlyList<T> ReadList<T>()
        where T : class, IUaStructure<T>
    {
        var list = NewArray<T>(ReadLength(1));
        for (var i = 0; i < list.Length; i++)
        {
            Charge(T.MemorySize);
            list[i] = T.Decode(ref this);
        }

        return list;
    }

    /// <exception cref="OpcUaException">Bytes are left.</exception>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw Malformed($"{Remaining} bytes are left at the end");
        }
    }

    internal readonly OpcUaException Malformed(string what) =>
        new(StatusCodes.BadDecodingError, $"{what} (byte {_position} of {_span.Length})");

    internal readonly OpcUaException TooMuch(string what) =>
        new(StatusCodes.BadEncodingLimitsExceeded, $"{what} (byte {_position} of {_span.Length})");

    /// <summary>The length of an array that follows: 0 for null. Charges nothing.</summary>
    internal int ReadLength(int minimumSize)
    {
        var length = ReadInt32();

        // -1 is null; Part 6, 5.2.5, tells decoders to take any negative length for it.
        return length <= 0 ? 0 : CheckLength(length, minimumSize);
    }

    internal readonly int CheckLength(long length, int minimumSize)
    {
        if (length > _limits.ArrayLength)
        {
            throw TooMuch($"an array claims {length} elements, the limit is {_limits.ArrayLength}");
        }

        return length * minimumSize <= Remaining
            ? (int)length
            : throw Malformed(
                $"an array claims {length} elements of at least {minimumSize} bytes, {Remaining} bytes are left");
    }

    /// <summary>Goes to a position where the reader has been, or knows that it may go.</summary>
    internal void Seek(int position) => _position = position;

    internal readonly ReadOnlySpan<byte> Between(int start, int end) => _span[start..end];

    internal void Charge(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0)
        {
            throw TooMuch($"decoding {_span.Length} bytes would take too much memory");
        }
    }

    internal void Enter()
    {
        if (++_nesting > _limits.Nesting)
        {
            throw TooMuch($"values lie more than {_limits.Nesting} deep within each other");
        }
    }

    internal void Leave() => _nesting--;

    private ReadOnlySpan<byte> TakeCounted(int limit, string type, out bool isNull)
    {
        var length = ReadInt32();
        isNull = length == -1;
        if (isNull)
        {
            return default;
        }

        if (length < 0 || length > Remaining)
        {
            throw Malformed($"a {type} claims {length} bytes, {Remaining} are left");
        }

        if (length > limit)
        {
            throw TooMuch($"a {type} has {length} bytes, the limit is {limit}");
        }

        return Take(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_span.Length - _position))
        {
            ThrowEnd(count);
        }

        var bytes = _span.Slice(_position, count);
        _position += count;
        return bytes;
    }

    [DoesNotReturn]
    private readonly void ThrowEnd(long count) => throw Malformed($"{count} bytes are needed, {Remaining} are left");
}
