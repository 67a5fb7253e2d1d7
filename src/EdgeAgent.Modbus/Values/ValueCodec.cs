using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Modbus.Values;

// Bytes of the value from the most significant A, as they come over the wire, two a register:
//
//    order        16 bit    32 bit         64 bit
//    BigEndian    A B       A B  C D       A B  C D  E F  G H
//    BytesSwapped B A       B A  D C       B A  D C  F E  H G
//    WordsSwapped           C D  A B       G H  E F  C D  A B
//    LittleEndian           D C  B A       H G  F E  D C  B A
//
/// <summary>Registers to values. Allocates nothing for numbers.</summary>
public static class ValueCodec
{
    private const ulong LowBytes = 0x00FF_00FF_00FF_00FF;
    private const uint LowNibbles = 0x0F0F_0F0F;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a number or a bit of a register.</summary>
    /// <param name="registers">At least the registers of the format, as received.</param>
    /// <param name="format">Not of type text.</param>
    public static DecodedValue Decode(ReadOnlySpan<byte> registers, in ValueFormat format)
    {
        var raw = ReadRaw(registers, format.RegisterCount, format.Order);
        switch (format.Type)
        {
            case ModbusType.Bool:
                return new((long)(raw >> format.Bit) & 1, DecodeFault.None);
            case ModbusType.Int16:
                return Scale((short)raw, format);
            case ModbusType.UInt16:
            case ModbusType.UInt32:
                return Scale((long)raw, format);
            case ModbusType.Int32:
                return Scale((int)raw, format);
            case ModbusType.Int64:
                return Scale((long)raw, format);
            case ModbusType.UInt64:
                return ScaleUnsigned(raw, format);
            case ModbusType.Bcd16:
            case ModbusType.Bcd32:
                return DecodeDecimal((uint)raw, format);
            case ModbusType.Float32:
                return ScaleFloat(BinaryBits.ToFloat32((uint)raw), format);
            case ModbusType.Float64:
                return ScaleFloat(BinaryBits.ToFloat64(raw), format);
            default:
                throw new ArgumentException($"{format.Type} is no number.", nameof(format));
        }
    }

    /// <summary>
    /// One bit of an answer to function 1 or 2: the first is the least significant of the first byte.
    /// </summary>
    public static DecodedValue DecodeBit(ReadOnlySpan<byte> data, int index) =>
        new((data[index >> 3] >> (index & 7)) & 1, DecodeFault.None);

    /// <summary>
    /// Decodes a text up to its first zero byte, without trailing spaces. Null where the bytes are not UTF-8.
    /// </summary>
    /// <param name="registers">At least the registers of the format, as received.</param>
    /// <param name="format">Of type text.</param>
    /// <param name="previous">
    /// The last text of this point: returned again, without an allocation, if nothing changed.
    /// </param>
    public static string? DecodeText(ReadOnlySpan<byte> registers, in ValueFormat format, string? previous = null)
    {
        Span<byte> bytes = stackalloc byte[ValueFormat.MaxTextLength];
        registers[..(format.RegisterCount * 2)].CopyTo(bytes);
        if ((format.Order & RegisterOrder.BytesSwapped) != 0)
        {
            for (var i = 0; i < format.RegisterCount * 2; i += 2)
            {
                (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
            }
        }

        ReadOnlySpan<byte> text = bytes[..format.TextLength];
        if (text.IndexOf((byte)0) is var end and >= 0)
        {
            text = text[..end];
        }

        text = text.TrimEnd((byte)' ');
        if (!Utf8.IsValid(text))
        {
            return null;
        }

        Span<char> characters = stackalloc char[ValueFormat.MaxTextLength];
        var count = StrictUtf8.GetChars(text, characters);
        return previous is not null && characters[..count].SequenceEqual(previous)
            ? previous
            : new string(characters[..count]);
    }

    private static ulong ReadRaw(ReadOnlySpan<byte> registers, int count, RegisterOrder order)
    {
        var reversed = (order & RegisterOrder.WordsSwapped) != 0;
        var raw = count switch
        {
            1 => BinaryPrimitives.ReadUInt16BigEndian(registers),
            2 => reversed
                ? BinaryPrimitives.ReadUInt32LittleEndian(registers)
                : BinaryPrimitives.ReadUInt32BigEndian(registers),
            _ => reversed
                ? BinaryPrimitives.ReadUInt64LittleEndian(registers)
                : BinaryPrimitives.ReadUInt64BigEndian(registers),
        };

        // Reading backwards exchanges the bytes of each register too: exactly one of the two flags leaves a swap to do.
        return order is RegisterOrder.BytesSwapped or RegisterOrder.WordsSwapped
            ? ((raw & LowBytes) << 8) | ((raw >> 8) & LowBytes)
            : raw;
    }

    private static DecodedValue Scale(long raw, in ValueFormat format) =>
        new(format.Linear.IsScaled ? (long)BinaryBits.Of(format.Linear.Apply(raw)) : raw, DecodeFault.None);

    private static DecodedValue ScaleUnsigned(ulong raw, in ValueFormat format) =>
        format.Linear.IsScaled
            ? new((long)BinaryBits.Of(format.Linear.Apply(raw)), DecodeFault.None)
            : new((long)raw, raw > long.MaxValue ? DecodeFault.OutOfRange : DecodeFault.None);

    private static DecodedValue ScaleFloat(double raw, in ValueFormat format)
    {
        if (!double.IsFinite(raw))
        {
            return new((long)BinaryBits.Of(raw), DecodeFault.NotFinite);
        }

        var value = format.Linear.Apply(raw);
        return double.IsFinite(value)
            ? new((long)BinaryBits.Of(value), DecodeFault.None)
            : new((long)BinaryBits.Of(raw), DecodeFault.OutOfRange);
    }

    private static DecodedValue DecodeDecimal(uint raw, in ValueFormat format)
    {
        // A nibble is above 9 exactly if adding 6 carries out of it.
        var low = raw & LowNibbles;
        var high = (raw >> 4) & LowNibbles;
        if ((((low + 0x0606_0606) | (high + 0x0606_0606)) & ~LowNibbles) != 0)
        {
            return new(format.Linear.IsScaled ? (long)BinaryBits.Of((double)raw) : raw, DecodeFault.Malformed);
        }

        long value = 0;
        for (var shift = 28; shift >= 0; shift -= 4)
        {
            value = (value * 10) + ((raw >> shift) & 0xF);
        }

        return Scale(value, format);
    }
}
