using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>
/// Many DataValues in columns, decoded from one response and used again for the next: no object per value. Scalars up
/// to eight bytes are in <see cref="Bits"/>; of all others the encoding is kept and decoded when it is asked for.
/// </summary>
public sealed partial class ValueColumns
{
    private const int FirstCapacity = 256;

    // Bytes of a row in all columns.
    private const int RowSize = sizeof(uint) + sizeof(byte) + sizeof(long) + sizeof(uint) + sizeof(long) + sizeof(long);

    private uint[] _handles = [];
    private BuiltInType[] _types = [];
    private long[] _bits = [];
    private StatusCode[] _statuses = [];
    private UaDateTime[] _sourceTimes = [];
    private UaDateTime[] _serverTimes = [];
    private byte[] _bodies = [];
    private int _bodyBytes;

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>The client handle of each row's item.</summary>
    public ReadOnlySpan<uint> Handles => _handles.AsSpan(0, Count);

    /// <summary>
    /// The type of each row's <see cref="Bits"/>; <see cref="BuiltInType.Null"/> where there is no value, and
    /// <see cref="BuiltInType.Variant"/> where <see cref="ReadVariant"/> has to be asked.
    /// </summary>
    public ReadOnlySpan<BuiltInType> Types => _types.AsSpan(0, Count);

    /// <summary>As <see cref="Variant.Bits"/>; of no meaning where there are no bits.</summary>
    public ReadOnlySpan<long> Bits => _bits.AsSpan(0, Count);

    public ReadOnlySpan<StatusCode> Statuses => _statuses.AsSpan(0, Count);

    public ReadOnlySpan<UaDateTime> SourceTimes => _sourceTimes.AsSpan(0, Count);

    public ReadOnlySpan<UaDateTime> ServerTimes => _serverTimes.AsSpan(0, Count);

    /// <summary>Removes all rows and keeps the memory.</summary>
    public void Clear() => (Count, _bodyBytes) = (0, 0);

    /// <summary>Makes room for that many rows more.</summary>
    public void Reserve(int rows)
    {
        if (Count + rows > _handles.Length)
        {
            Grow(Count + rows);
        }
    }

    /// <summary>The encoded Variant of a row whose type is <see cref="BuiltInType.Variant"/>; else empty.</summary>
    public ReadOnlySpan<byte> Encoding(int row) => Types[row] == BuiltInType.Variant
        ? _bodies.AsSpan((int)(_bits[row] >> 32), (int)_bits[row])
        : default;

    /// <summary>The value of a row whatever its type.</summary>
    /// <exception cref="OpcUaException">
    /// A text in it is not UTF-8 and the like: of no consequence for the other rows.
    /// </exception>
    public Variant ReadVariant(int row, DecodingLimits limits)
    {
        switch (Types[row])
        {
            case BuiltInType.Null:
                return default;
            case BuiltInType.Variant:
                var reader = new UaReader(Encoding(row), limits);
                return reader.ReadVariantOfDataValue();
            default:
                return Variant.Inline(_types[row], _bits[row]);
        }
    }

    /// <summary>Copies a row of other columns into a new row.</summary>
    public void Add(ValueColumns other, int row)
    {
        ArgumentNullException.ThrowIfNull(other);
        Reserve(1);
        _handles[Count] = other.Handles[row];
        _types[Count] = other.Types[row];
        _bits[Count] = other.Types[row] == BuiltInType.Variant ? Keep(other.Encoding(row)) : other.Bits[row];
        _statuses[Count] = other.Statuses[row];
        _sourceTimes[Count] = other.SourceTimes[row];
        _serverTimes[Count] = other.ServerTimes[row];
        Count++;
    }

    /// <summary>A row as a DataValue.</summary>
    public DataValue ReadDataValue(int row, DecodingLimits limits) =>
        new(ReadVariant(row, limits), Statuses[row], SourceTimes[row], ServerTimes[row]);

    /// <summary>
    /// As <see cref="Reserve(int)"/>, for a number that a peer claims: it is charged to the message's memory.
    /// </summary>
    public void Reserve(int rows, ref UaReader reader)
    {
        if (Count + rows > _handles.Length)
        {
            reader.Charge((long)RowSize * Grow(Count + rows));
        }
    }

    private long Keep(ref UaReader reader)
    {
        var encoding = reader.CutVariant();
        if (_bodyBytes + encoding.Length > _bodies.Length)
        {
            reader.Charge(Math.Max(_bodyBytes + encoding.Length, 2 * _bodies.Length));
        }

        return Keep(encoding);
    }

    // Gives the offset into the bodies and the length.
    private long Keep(ReadOnlySpan<byte> encoding)
    {
        if (_bodyBytes + encoding.Length > _bodies.Length)
        {
            Array.Resize(ref _bodies, Math.Max(_bodyBytes + encoding.Length, 2 * _bodies.Length));
        }

        encoding.CopyTo(_bodies.AsSpan(_bodyBytes));
        var bits = ((long)_bodyBytes << 32) | (uint)encoding.Length;
        _bodyBytes += encoding.Length;
        return bits;
    }

    private int Grow(int rows)
    {
        // By half at least, for a server may send many notifications of one row each.
        var capacity = Math.Max(Math.Max(FirstCapacity, rows), _handles.Length + (_handles.Length / 2));
        Array.Resize(ref _handles, capacity);
        Array.Resize(ref _types, capacity);
        Array.Resize(ref _bits, capacity);
        Array.Resize(ref _statuses, capacity);
        Array.Resize(ref _sourceTimes, capacity);
        Array.Resize(ref _serverTimes, capacity);
        return capacity;
    }
}
