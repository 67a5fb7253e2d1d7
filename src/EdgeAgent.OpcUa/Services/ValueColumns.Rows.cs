using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The hot path: DataValues into rows.</summary>
public sealed partial class ValueColumns
{
    // A DataValue with an inline scalar and all that there can be beside it (Part 6, 5.2.2.17):
    //
    //   │mask:1│type:1│ value:1-8 │ status:4 │ source time:8 │ pico:2 │ server time:8 │ pico:2 │
    private const int TypeAt = 1;
    private const int ScalarAt = 2;
    private const int LongestInline = 34;

    private const byte MaskReserved = 0xC0;

    /// <summary>Reads one DataValue into a new row.</summary>
    /// <exception cref="OpcUaException">It is malformed; the row is not added.</exception>
    public void Add(uint handle, ref UaReader reader)
    {
        Reserve(1, ref reader);

        // One check for the whole value, instead of one for each field: where the longest fits, any does.
        var rest = reader.Rest;
        var length = rest.Length >= LongestInline ? AddInline(handle, ref MemoryMarshal.GetReference(rest)) : 0;
        if (length > 0)
        {
            reader.Seek(reader.Position + length);
        }
        else
        {
            AddAny(handle, ref reader);
        }
    }

    /// <summary>Reads that many MonitoredItemNotifications (Part 4, 7.25.2) into new rows.</summary>
    internal void AddNotifications(int count, ref UaReader reader)
    {
        Reserve(count, ref reader);
        var start = reader.Position;
        var rest = reader.Rest;
        var offset = 0;
        for (; count > 0; count--)
        {
            // As above, with the reader out of the loop.
            if (rest.Length - offset >= sizeof(uint) + LongestInline)
            {
                ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rest), offset);
                var length = AddInline(Read<uint>(ref row, 0), ref Unsafe.Add(ref row, sizeof(uint)));
                if (length > 0)
                {
                    offset += sizeof(uint) + length;
                    continue;
                }
            }

            reader.Seek(start + offset);
            AddAny(reader.ReadUInt32(), ref reader);
            offset = reader.Position - start;
        }

        reader.Seek(start + offset);
    }

    // Any DataValue at any distance from the end.
    private void AddAny(uint handle, ref UaReader reader)
    {
        var row = Count;
        var mask = reader.ReadDataValueMask();
        var type = BuiltInType.Null;
        if ((mask & UaReader.HasValue) != 0 && !reader.TryReadInline(out type, out _bits[row]))
        {
            type = BuiltInType.Variant;
            _bits[row] = Keep(ref reader);
        }

        _handles[row] = handle;
        _types[row] = type;
        _statuses[row] = (mask & UaReader.HasStatus) != 0 ? reader.ReadStatusCode() : default;
        _sourceTimes[row] = (mask & UaReader.HasSourceTime) != 0 ? reader.ReadDateTime() : default;
        reader.Skip((mask & UaReader.HasSourcePicoseconds) != 0 ? sizeof(ushort) : 0);
        _serverTimes[row] = (mask & UaReader.HasServerTime) != 0 ? reader.ReadDateTime() : default;
        reader.Skip((mask & UaReader.HasServerPicoseconds) != 0 ? sizeof(ushort) : 0);
        Count = row + 1;
    }

    // Reads a row from 34 bytes that are there and gives its length; 0 where its value is not an inline scalar. There
    // is room for the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddInline(uint handle, ref byte value)
    {
        var mask = value;
        var type = (BuiltInType)Unsafe.Add(ref value, TypeAt);
        if ((mask & (MaskReserved | UaReader.HasValue)) != UaReader.HasValue)
        {
            return 0;
        }

        long bits;
        int length;
        if (type == BuiltInType.Double)
        {
            (bits, length) = (Read<long>(ref value, ScalarAt), ScalarAt + sizeof(double));
        }
        else if (Variant.IsInline(type))
        {
            bits = ReadBits(ref Unsafe.Add(ref value, ScalarAt), type);
            length = ScalarAt + UaReader.SizeOf(type);
        }
        else
        {
            return 0;
        }

        var index = Count;
        _handles[index] = handle;
        _types[index] = type;
        _bits[index] = bits;
        StatusCode status = default;
        if ((mask & UaReader.HasStatus) != 0)
        {
            status = Read<StatusCode>(ref value, length);
            length += sizeof(uint);
        }

        UaDateTime source = default;
        if ((mask & UaReader.HasSourceTime) != 0)
        {
            source = Read<UaDateTime>(ref value, length);
            length += sizeof(long);
        }

        length += (mask & UaReader.HasSourcePicoseconds) != 0 ? sizeof(ushort) : 0;
        UaDateTime server = default;
        if ((mask & UaReader.HasServerTime) != 0)
        {
            server = Read<UaDateTime>(ref value, length);
            length += sizeof(long);
        }

        length += (mask & UaReader.HasServerPicoseconds) != 0 ? sizeof(ushort) : 0;
        _statuses[index] = status;
        _sourceTimes[index] = source;
        _serverTimes[index] = server;
        Count = index + 1;
        return length;
    }

    // As UaReader.ReadBits.
    private static long ReadBits(ref byte value, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => value != 0 ? 1 : 0,
        BuiltInType.SByte => (sbyte)value,
        BuiltInType.Byte => value,
        BuiltInType.Int16 => Read<short>(ref value, 0),
        BuiltInType.UInt16 => Read<ushort>(ref value, 0),
        BuiltInType.Int32 => Read<int>(ref value, 0),
        BuiltInType.UInt32 or BuiltInType.StatusCode => Read<uint>(ref value, 0),
        BuiltInType.Float => Unsafe.BitCast<double, long>(Read<float>(ref value, 0)),
        _ => Read<long>(ref value, 0),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte bytes, int offset)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref bytes, offset));
}
