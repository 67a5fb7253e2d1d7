using System.Globalization;
using System.Numerics;
using CsCheck;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Tests.Modbus.Values;

public sealed class ValueCodecTests
{
    private const ModbusFunction Holding = ModbusFunction.ReadHoldingRegisters;

    // The bytes are written out by hand from the letters of the orders.
    [Theory]
    [InlineData(ModbusType.Int16, RegisterOrder.BigEndian, "FFFE", -2)]
    [InlineData(ModbusType.Int16, RegisterOrder.BytesSwapped, "FEFF", -2)]
    [InlineData(ModbusType.UInt16, RegisterOrder.BigEndian, "FFFE", 65534)]
    [InlineData(ModbusType.UInt16, RegisterOrder.BytesSwapped, "FEFF", 65534)]
    [InlineData(ModbusType.Int32, RegisterOrder.BigEndian, "80000001", -2147483647)]
    [InlineData(ModbusType.Int32, RegisterOrder.LittleEndian, "01000080", -2147483647)]
    [InlineData(ModbusType.Int32, RegisterOrder.BytesSwapped, "00800100", -2147483647)]
    [InlineData(ModbusType.Int32, RegisterOrder.WordsSwapped, "00018000", -2147483647)]
    [InlineData(ModbusType.UInt32, RegisterOrder.BigEndian, "12345678", 0x12345678)]
    [InlineData(ModbusType.UInt32, RegisterOrder.LittleEndian, "78563412", 0x12345678)]
    [InlineData(ModbusType.UInt32, RegisterOrder.BytesSwapped, "34127856", 0x12345678)]
    [InlineData(ModbusType.UInt32, RegisterOrder.WordsSwapped, "56781234", 0x12345678)]
    [InlineData(ModbusType.Int64, RegisterOrder.BigEndian, "0123456789ABCDEF", 0x0123456789ABCDEF)]
    [InlineData(ModbusType.Int64, RegisterOrder.LittleEndian, "EFCDAB8967452301", 0x0123456789ABCDEF)]
    [InlineData(ModbusType.Int64, RegisterOrder.BytesSwapped, "23016745AB89EFCD", 0x0123456789ABCDEF)]
    [InlineData(ModbusType.UInt64, RegisterOrder.WordsSwapped, "CDEF89AB45670123", 0x0123456789ABCDEF)]
    [InlineData(ModbusType.Bcd16, RegisterOrder.BigEndian, "9876", 9876)]
    [InlineData(ModbusType.Bcd16, RegisterOrder.BytesSwapped, "7698", 9876)]
    [InlineData(ModbusType.Bcd32, RegisterOrder.BigEndian, "98765432", 98765432)]
    [InlineData(ModbusType.Bcd32, RegisterOrder.WordsSwapped, "54329876", 98765432)]
    public void Integers_are_read_in_every_order(ModbusType type, RegisterOrder order, string hex, long expected) =>
        Assert.Equal(new(expected, DecodeFault.None), Decode(hex, new(type, order)));

    [Theory]
    [InlineData(ModbusType.Float32, RegisterOrder.BigEndian, "42F6E979")]
    [InlineData(ModbusType.Float32, RegisterOrder.LittleEndian, "79E9F642")]
    [InlineData(ModbusType.Float32, RegisterOrder.BytesSwapped, "F64279E9")]
    [InlineData(ModbusType.Float32, RegisterOrder.WordsSwapped, "E97942F6")]
    [InlineData(ModbusType.Float64, RegisterOrder.BigEndian, "405EDD2F20000000")]
    [InlineData(ModbusType.Float64, RegisterOrder.LittleEndian, "000000202FDD5E40")]
    [InlineData(ModbusType.Float64, RegisterOrder.BytesSwapped, "5E402FDD00200000")]
    [InlineData(ModbusType.Float64, RegisterOrder.WordsSwapped, "00002000DD2F405E")]
    public void Floats_are_read_in_every_order(ModbusType type, RegisterOrder order, string hex) =>
        Assert.Equal(123.456f, Float(Decode(hex, new(type, order))));

    [Fact]
    public void Whatever_the_server_stores_the_codec_reads_back()
    {
        var orders = Enum.GetValues<RegisterOrder>();
        Gen.Select(Gen.ULong, Gen.Int[0, orders.Length - 1]).Sample((bits, which) =>
        {
            var order = orders[which];
            var narrow = order & RegisterOrder.BytesSwapped;
            var digits = (int)(bits % 100_000_000);
            return RoundTrip(t => t.SetUInt16(Holding, 3, (ushort)bits, narrow), new(ModbusType.UInt16, narrow))
                    == (ushort)bits
                && RoundTrip(t => t.SetUInt32(Holding, 3, (uint)bits, order), new(ModbusType.Int32, order)) == (int)bits
                && RoundTrip(t => t.SetUInt64(Holding, 3, bits, order), new(ModbusType.Int64, order)) == (long)bits
                && RoundTrip(t => t.SetBcd32(Holding, 3, digits, order), new(ModbusType.Bcd32, order)) == digits;
        });
    }

    [Theory]
    [InlineData("0001", 0, 1)]
    [InlineData("0001", 1, 0)]
    [InlineData("8000", 15, 1)]
    public void A_bit_of_a_register_counts_from_the_least_significant(string hex, int bit, long expected) =>
        Assert.Equal(expected, Decode(hex, new(ModbusType.Bool, bit: bit)).Bits);

    [Fact]
    public void Bits_of_coils_count_from_the_least_significant_of_the_first_byte()
    {
        byte[] data = [0b0000_0010, 0b0000_0001];
        Assert.Equal([1, 8], Enumerable.Range(0, 16).Where(i => ValueCodec.DecodeBit(data, i).Bits == 1));
    }

    [Theory]
    [InlineData(ModbusType.UInt64, "8000000000000000", DecodeFault.OutOfRange, long.MinValue)]
    [InlineData(ModbusType.Bcd16, "12A4", DecodeFault.Malformed, 0x12A4)]
    [InlineData(ModbusType.Bcd32, "F0000000", DecodeFault.Malformed, 0xF0000000)]
    [InlineData(ModbusType.Float64, "7FF0000000000000", DecodeFault.NotFinite, 0x7FF0000000000000)]
    [InlineData(ModbusType.Float32, "7F800000", DecodeFault.NotFinite, 0x7FF0000000000000)]
    public void What_is_no_number_is_bad_and_keeps_its_raw_value(
        ModbusType type, string hex, DecodeFault fault, long bits) =>
        Assert.Equal(new(bits, fault), Decode(hex, new(type)));

    [Fact]
    public void A_nan_is_bad() =>
        Assert.Equal(DecodeFault.NotFinite, Decode("7FC00000", new(ModbusType.Float32)).Fault);

    [Fact]
    public void Every_bcd_pattern_is_its_decimal_digits_or_bad()
    {
        var format = new ValueFormat(ModbusType.Bcd16);
        for (var raw = 0; raw <= ushort.MaxValue; raw++)
        {
            var hex = raw.ToString("X4", CultureInfo.InvariantCulture);
            var isDecimal = int.TryParse(hex, NumberStyles.None, CultureInfo.InvariantCulture, out var expected);
            var found = Decode(hex, format);
            Assert.Equal(isDecimal ? new(expected, DecodeFault.None) : new(raw, DecodeFault.Malformed), found);
        }
    }

    [Theory]
    [InlineData(ModbusType.UInt16, "0003", "0.1", "0", 0.3)]
    [InlineData(ModbusType.Int16, "FFFF", "0.1", "0.2", 0.1)]
    [InlineData(ModbusType.UInt16, "0065", "0.01", "-273.15", -272.14)]
    [InlineData(ModbusType.UInt64, "FFFFFFFFFFFFFFFF", "1", "1", 18446744073709551616.0)]
    [InlineData(ModbusType.UInt64, "FFFFFFFFFFFFFFFF", "0.001", "0", 18446744073709551.615)]
    public void A_scaled_integer_is_the_double_nearest_to_the_exact_decimal(
        ModbusType type, string hex, string scale, string offset, double expected) =>
        Assert.Equal(expected, Float(Decode(hex, new(type, scale: Number(scale), offset: Number(offset)))));

    [Fact]
    public void Scaling_rounds_once_for_all_integers_and_decimals() =>
        Gen.Select(
            Gen.Long, Gen.Int[-999_999, 999_999], Gen.Int[0, 12], Gen.Int[-int.MaxValue, int.MaxValue], Gen.Int[0, 12])
            .Sample(
            (raw, mantissa, decimals, offset, offsetDecimals) =>
            {
                var scale = Shift(mantissa == 0 ? 1 : mantissa, decimals);
                var format = new ValueFormat(ModbusType.Int64, scale: scale, offset: Shift(offset, offsetDecimals));
                if (format.Kind == DecodedKind.Int64)
                {
                    return true;
                }

                var found = Float(Decode(raw.ToString("X16", CultureInfo.InvariantCulture), format));
                var exponent = Math.Max(decimals, offsetDecimals);
                var exact = (raw * (BigInteger)(mantissa == 0 ? 1 : mantissa) * BigInteger.Pow(10, exponent - decimals))
                    + (offset * BigInteger.Pow(10, exponent - offsetDecimals));
                return IsNearest(found, exact, BigInteger.Pow(10, exponent));
            });

    [Fact]
    public void Impossible_formats_are_refused_with_a_remedy()
    {
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.Int16, RegisterOrder.WordsSwapped));
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.Bool, scale: 2));
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.Bool, bit: 16));
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.Text, textLength: 251));
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.Int16, scale: 0));
        Assert.Throws<ArgumentException>(() => new ValueFormat(ModbusType.UInt64, scale: 0.1234567890123456789012345m));
    }

    [Theory]
    [InlineData("4142004344450000", RegisterOrder.BigEndian, 8, "AB")]
    [InlineData("4241444300200020", RegisterOrder.BytesSwapped, 8, "ABCD")]
    [InlineData("E4B8ADE69687", RegisterOrder.BigEndian, 6, "中文")]
    [InlineData("41424344", RegisterOrder.BigEndian, 3, "ABC")]
    [InlineData("FFFF", RegisterOrder.BigEndian, 2, null)]
    public void Texts_end_at_zero_or_at_their_length(string hex, RegisterOrder order, int length, string? expected) =>
        Assert.Equal(expected, ValueCodec.DecodeText(
            Convert.FromHexString(hex), new(ModbusType.Text, order, textLength: length)));

    [Fact]
    public void Decoding_allocates_nothing()
    {
        var registers = Convert.FromHexString("0123456789ABCDEF");
        ValueFormat[] formats =
        [
            new(ModbusType.Int16), new(ModbusType.Bool, bit: 3), new(ModbusType.Int32, scale: 0.1m),
            new(ModbusType.UInt64, scale: 0.000001m, offset: 0.1m), new(ModbusType.Float32), new(ModbusType.Bcd32),
            new(ModbusType.Text, textLength: 1),
        ];
        var text = ValueCodec.DecodeText(registers, formats[^1]);
        var allocated = AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                foreach (ref readonly var format in formats.AsSpan(0, formats.Length - 1))
                {
                    ValueCodec.Decode(registers, format);
                }

                text = ValueCodec.DecodeText(registers, formats[^1], text);
            }
        });

        Assert.Equal(0, allocated);
    }

    private static DecodedValue Decode(string hex, in ValueFormat format) =>
        ValueCodec.Decode(Convert.FromHexString(hex), format);

    private static double Float(DecodedValue value)
    {
        Assert.Equal(DecodeFault.None, value.Fault);
        return BitConverter.Int64BitsToDouble(value.Bits);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Shift(int mantissa, int decimals) =>
        new(Math.Abs(mantissa), 0, 0, mantissa < 0, (byte)decimals);

    private static long RoundTrip(Action<ModbusTables> store, ValueFormat format)
    {
        var unit = new ModbusUnit(holdingRegisters: 10);
        unit.Update(store);
        var data = new byte[8];
        Assert.Equal(ModbusExceptionCode.None, unit.Read(new(1, 3, 3, format.RegisterCount, 1), data, out _));
        return ValueCodec.Decode(data, format).Bits;
    }

    /// <summary>Whether no double lies nearer to numerator / denominator, in exact integers.</summary>
    private static bool IsNearest(double found, BigInteger numerator, BigInteger denominator)
    {
        var distance = Distance(found);
        return distance <= Distance(Math.BitIncrement(found)) && distance <= Distance(Math.BitDecrement(found));

        BigInteger Distance(double candidate)
        {
            // Every double here is m / 2^100 or coarser.
            var scaled = new BigInteger(Math.ScaleB(candidate, 100));
            return BigInteger.Abs((scaled * denominator) - (numerator << 100));
        }
    }
}
