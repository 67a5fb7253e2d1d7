using System.Buffers.Binary;
using System.Text;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Modbus.Server;

/// <summary>
/// The four tables of one unit (Modbus Application Protocol V1.1b3, 4.3), with protocol addresses counting from 0. Only
/// to be touched inside <see cref="ModbusUnit.Update"/> or <see cref="ModbusUnit.BeforeRead"/>, where the unit's lock is
/// held; so all registers of a value change together for every reader.
/// </summary>
public sealed class ModbusTables
{
    private readonly bool[] _coils;
    private readonly bool[] _discreteInputs;

    // Registers as they go over the wire, two bytes each, most significant first.
    private readonly byte[] _holdingRegisters;
    private readonly byte[] _inputRegisters;

    internal ModbusTables(int coils, int discreteInputs, int holdingRegisters, int inputRegisters)
    {
        _coils = new bool[coils];
        _discreteInputs = new bool[discreteInputs];
        _holdingRegisters = new byte[holdingRegisters * 2];
        _inputRegisters = new byte[inputRegisters * 2];
    }

    /// <summary>Addresses a table has: they are 0 to one less.</summary>
    public int Count(ModbusFunction table) =>
        table.ReadsBits ? BitsOf(table).Length : RegistersOf(table).Length / 2;

    public void SetBit(ModbusFunction table, int address, bool value) => BitsOf(table)[address] = value;

    /// <summary>Sets one bit of a register; 0 is the least significant.</summary>
    public void SetRegisterBit(ModbusFunction table, int address, int bit, bool value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bit, 15u, nameof(bit));
        var register = RegistersOf(table).AsSpan(address * 2, 2);
        var rest = BinaryPrimitives.ReadUInt16BigEndian(register) & ~(1 << bit);
        BinaryPrimitives.WriteUInt16BigEndian(register, (ushort)(rest | (value ? 1 << bit : 0)));
    }

    /// <summary>16 bits in one register. A signed value is cast by the caller.</summary>
    public void SetUInt16(ModbusFunction table, int address, ushort value, RegisterOrder order = default) =>
        SetBytes(table, address, value, registers: 1, order);

    /// <summary>32 bits in two registers. A signed value is cast by the caller.</summary>
    public void SetUInt32(ModbusFunction table, int address, uint value, RegisterOrder order = default) =>
        SetBytes(table, address, value, registers: 2, order);

    /// <summary>64 bits in four registers. A signed value is cast by the caller.</summary>
    public void SetUInt64(ModbusFunction table, int address, ulong value, RegisterOrder order = default) =>
        SetBytes(table, address, value, registers: 4, order);

    public void SetFloat32(ModbusFunction table, int address, float value, RegisterOrder order = default) =>
        SetBytes(table, address, BinaryBits.Of(value), registers: 2, order);

    public void SetFloat64(ModbusFunction table, int address, double value, RegisterOrder order = default) =>
        SetBytes(table, address, BinaryBits.Of(value), registers: 4, order);

    /// <summary>Four decimal digits of four bits each, 0 to 9999.</summary>
    public void SetBcd16(ModbusFunction table, int address, int value, RegisterOrder order = default) =>
        SetBytes(table, address, PackDecimal(value, digits: 4), registers: 1, order);

    /// <summary>Eight decimal digits of four bits each, 0 to 99,999,999.</summary>
    public void SetBcd32(ModbusFunction table, int address, int value, RegisterOrder order = default) =>
        SetBytes(table, address, PackDecimal(value, digits: 8), registers: 2, order);

    /// <summary>UTF-8, filled up with zero bytes to <paramref name="length"/> bytes, two a register.</summary>
    public void SetText(ModbusFunction table, int address, string value, int length, RegisterOrder order = default)
    {
        var registers = RegistersOf(table).AsSpan(address * 2, (length + 1) / 2 * 2);
        registers.Clear();
        Encoding.UTF8.GetBytes(value, registers[..length]);
        if (order.HasFlag(RegisterOrder.BytesSwapped))
        {
            for (var i = 0; i < registers.Length; i += 2)
            {
                (registers[i], registers[i + 1]) = (registers[i + 1], registers[i]);
            }
        }
    }

    /// <summary>One register as it stands.</summary>
    public ushort RegisterAt(ModbusFunction table, int address) =>
        BinaryPrimitives.ReadUInt16BigEndian(RegistersOf(table).AsSpan(address * 2));

    public bool BitAt(ModbusFunction table, int address) => BitsOf(table)[address];

    /// <summary>Writes the data bytes of an answer. The range is inside the table.</summary>
    internal int Read(ModbusFunction table, int address, int quantity, Span<byte> destination)
    {
        var byteCount = table.ByteCount(quantity);
        if (!table.ReadsBits)
        {
            RegistersOf(table).AsSpan(address * 2, byteCount).CopyTo(destination);
            return byteCount;
        }

        // The first bit asked for is the least significant of the first byte (6.1); unused bits are 0.
        destination[..byteCount].Clear();
        var bits = BitsOf(table).AsSpan(address, quantity);
        for (var i = 0; i < bits.Length; i++)
        {
            destination[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
        }

        return byteCount;
    }

    private static uint PackDecimal(int value, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        uint packed = 0;
        for (var i = 0; i < digits; i++)
        {
            packed |= (uint)(value % 10) << (4 * i);
            value /= 10;
        }

        return value == 0
            ? packed
            : throw new ArgumentOutOfRangeException(nameof(value), $"More than {digits} decimal digits.");
    }

    private void SetBytes(ModbusFunction table, int address, ulong value, int registers, RegisterOrder order)
    {
        var destination = RegistersOf(table).AsSpan(address * 2, registers * 2);
        for (var i = 0; i < registers; i++)
        {
            var place = order.HasFlag(RegisterOrder.WordsSwapped) ? i : registers - 1 - i;
            var register = (ushort)(value >> (16 * i));
            BinaryPrimitives.WriteUInt16BigEndian(
                destination[(place * 2)..],
                order.HasFlag(RegisterOrder.BytesSwapped) ? BinaryPrimitives.ReverseEndianness(register) : register);
        }
    }

    private bool[] BitsOf(ModbusFunction table) => table switch
    {
        ModbusFunction.ReadCoils => _coils,
        ModbusFunction.ReadDiscreteInputs => _discreteInputs,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Not a table of bits."),
    };

    private byte[] RegistersOf(ModbusFunction table) => table switch
    {
        ModbusFunction.ReadHoldingRegisters => _holdingRegisters,
        ModbusFunction.ReadInputRegisters => _inputRegisters,
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Not a table of registers."),
    };
}
