using System.Runtime.CompilerServices;

namespace EdgeAgent.OpcUa.Binary;

/// <summary>What the decoding of many values into columns needs beyond <see cref="ReadDataValue()"/>.</summary>
public ref partial struct UaReader
{
    internal const byte HasValue = 0x01;
    internal const byte HasStatus = 0x02;
    internal const byte HasSourceTime = 0x04;
    internal const byte HasServerTime = 0x08;
    internal const byte HasSourcePicoseconds = 0x10;
    internal const byte HasServerPicoseconds = 0x20;

    private const byte DataValueMask = 0x3F;

    /// <summary>
    /// The encoding mask of a DataValue; what it names is to be read next, in the order of the drawing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte ReadDataValueMask()
    {
        var mask = ReadByte();
        return (mask & ~DataValueMask) == 0
            ? mask
            : throw Malformed($"0x{mask:X2} is no encoding mask of a DataValue");
    }

    /// <summary>Reads a Variant that is null or an inline scalar; else reads nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryReadInline(out BuiltInType type, out long bits)
    {
        bits = 0;
        type = (uint)_position < (uint)_span.Length ? (BuiltInType)_span[_position] : BuiltInType.Null;
        if (!Variant.IsInline(type))
        {
            return false;
        }

        _position++;
        bits = ReadBits(type);
        return true;
    }

    /// <summary>Passes over a Variant and gives its encoding.</summary>
    internal ReadOnlySpan<byte> CutVariant()
    {
        var start = _position;
        SkipVariant();
        return _span[start.._position];
    }

    /// <summary>Reads the Variant of a DataValue that stands alone.</summary>
    internal Variant ReadVariantOfDataValue()
    {
        EnterDataValue();
        var value = ReadVariant();
        LeaveDataValue();
        return value;
    }
}
