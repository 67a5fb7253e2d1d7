namespace EdgeAgent.Modbus.Values;

/// <summary>Everything needed to turn the registers of one point into a value. Immutable; checked when made.</summary>
public readonly struct ValueFormat
{
    /// <summary>The longest text, in bytes: what one answer can carry.</summary>
    public const int MaxTextLength = 2 * ModbusFunctions.MaxRegisters;

    /// <param name="type">What the registers mean.</param>
    /// <param name="order">How the bytes lie. 16-bit values and texts know only AB and BA.</param>
    /// <param name="scale">Factor for the raw number; not zero.</param>
    /// <param name="offset">Added after scaling.</param>
    /// <param name="bit">For <see cref="ModbusType.Bool"/> in a register: 0 (least significant) to 15.</param>
    /// <param name="textLength">For <see cref="ModbusType.Text"/>: bytes, 1 to <see cref="MaxTextLength"/>.</param>
    /// <exception cref="ArgumentException">The combination means nothing; the message says what to write.</exception>
    public ValueFormat(
        ModbusType type, RegisterOrder order = RegisterOrder.BigEndian, decimal scale = 1, decimal offset = 0,
        int bit = 0, int textLength = 0)
    {
        Type = type;
        Order = order;
        TextLength = textLength;
        Bit = (byte)bit;
        RegisterCount = (byte)(type switch
        {
            ModbusType.Bool or ModbusType.Int16 or ModbusType.UInt16 or ModbusType.Bcd16 => 1,
            ModbusType.Int32 or ModbusType.UInt32 or ModbusType.Float32 or ModbusType.Bcd32 => 2,
            ModbusType.Int64 or ModbusType.UInt64 or ModbusType.Float64 => 4,
            ModbusType.Text => textLength is >= 1 and <= MaxTextLength
                ? (textLength + 1) / 2
                : throw new ArgumentException($"A text has 1 to {MaxTextLength} bytes, not {textLength}."),
            _ => throw new ArgumentException($"{type} is no type."),
        });

        if (bit is < 0 or > 15)
        {
            throw new ArgumentException($"A register has bits 0 to 15, not {bit}.");
        }

        if (order > RegisterOrder.LittleEndian
            || ((RegisterCount == 1 || type == ModbusType.Text) && order.HasFlag(RegisterOrder.WordsSwapped)))
        {
            throw new ArgumentException($"{type} knows the orders AB and BA only.");
        }

        Linear = new(scale, offset, IsInteger(type) ? LargestRaw(type) : null);
        if (Linear.IsScaled && type is (ModbusType.Bool or ModbusType.Text))
        {
            throw new ArgumentException($"{type} has neither scale nor offset.");
        }

        Kind = type switch
        {
            ModbusType.Bool => DecodedKind.Boolean,
            ModbusType.Text => DecodedKind.Text,
            _ => Linear.IsScaled || !IsInteger(type) ? DecodedKind.Float64 : DecodedKind.Int64,
        };
    }

    public ModbusType Type { get; }

    public RegisterOrder Order { get; }

    /// <summary>What <see cref="ValueCodec.Decode"/> returns.</summary>
    public DecodedKind Kind { get; }

    /// <summary>Registers the value covers; for <see cref="ModbusType.Bool"/> one register or one bit.</summary>
    public byte RegisterCount { get; }

    public byte Bit { get; }

    public int TextLength { get; }

    internal LinearScale Linear { get; }

    private static bool IsInteger(ModbusType type) => type is not (ModbusType.Float32 or ModbusType.Float64);

    private static ulong LargestRaw(ModbusType type) => type switch
    {
        ModbusType.Int64 or ModbusType.UInt64 => ulong.MaxValue,
        _ => uint.MaxValue,
    };
}
