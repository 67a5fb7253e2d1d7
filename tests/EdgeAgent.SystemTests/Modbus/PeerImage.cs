using System.Text;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.SystemTests.Modbus;

/// <summary>
/// Holding registers with every type in every order. The bytes are laid by the letters of the orders, not by the
/// product's code.
/// </summary>
internal sealed class PeerImage
{
    private readonly StringBuilder _hex = new();

    public PeerImage()
    {
        foreach (var (name, order) in new[]
        {
            ("AB", RegisterOrder.BigEndian), ("BA", RegisterOrder.BytesSwapped),
        })
        {
            Add(name, order, "FFFE", ModbusType.Int16, -2L);
            Add(name, order, "FFFE", ModbusType.UInt16, 65534L);
            Add(name, order, "9876", ModbusType.Bcd16, 9876L);
        }

        foreach (var (name, order) in new[]
        {
            ("ABCD", RegisterOrder.BigEndian), ("DCBA", RegisterOrder.LittleEndian),
            ("BADC", RegisterOrder.BytesSwapped), ("CDAB", RegisterOrder.WordsSwapped),
        })
        {
            Add(name, order, "87654321", ModbusType.Int32, -2023406815L);
            Add(name, order, "87654321", ModbusType.UInt32, 2271560481L);
            Add(name, order, "42F6E979", ModbusType.Float32, (double)123.456f);
            Add(name, order, "98765432", ModbusType.Bcd32, 98765432L);
        }

        foreach (var (name, order) in new[]
        {
            ("ABCDEFGH", RegisterOrder.BigEndian), ("HGFEDCBA", RegisterOrder.LittleEndian),
            ("BADCFEHG", RegisterOrder.BytesSwapped), ("GHEFCDAB", RegisterOrder.WordsSwapped),
        })
        {
            Add(name, order, "FEDCBA9876543210", ModbusType.Int64, -81985529216486896L);
            Add(name, order, "0123456789ABCDEF", ModbusType.UInt64, 81985529216486895L);
            Add(name, order, "C05EDD2F1A9FBE77", ModbusType.Float64, -123.456);
        }
    }

    public List<(AddressRange Range, ValueFormat Format, object Expected)> Points { get; } = [];

    public string Hex => _hex.ToString();

    private int Registers => _hex.Length / 4;

    private void Add(string order, RegisterOrder flags, string bytes, ModbusType type, object expected)
    {
        var format = new ValueFormat(type, flags);
        Points.Add((new(ModbusFunction.ReadHoldingRegisters, Registers, format.RegisterCount), format, expected));
        foreach (var letter in order)
        {
            _hex.Append(bytes, (letter - 'A') * 2, 2);
        }
    }

    public static object ValueOf(ReadOnlySpan<byte> registers, in ValueFormat format)
    {
        var value = ValueCodec.Decode(registers, format);
        Assert.Equal(DecodeFault.None, value.Fault);
        return format.Kind == DecodedKind.Float64
            ? BitConverter.Int64BitsToDouble(value.Bits)
            : (object)value.Bits;
    }
}
