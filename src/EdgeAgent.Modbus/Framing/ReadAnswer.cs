namespace EdgeAgent.Modbus.Framing;

// Modbus Application Protocol V1.1b3, 6.1 to 6.4 and 7
//
//    0    1    2                             0           1      2
//    +----+----+--------- - -+               +-----------+------+
//    | fc | n  | n bytes     |      or       | fc + 0x80 | code |
//    +----+----+--------- - -+               +-----------+------+
//
internal readonly ref struct ReadAnswer
{
    public const byte RefusalFlag = 0x80;
    public const int DataOffset = 2;
    public const int RefusalLength = 2;

    private ReadAnswer(ModbusExceptionCode refusal, ReadOnlySpan<byte> data)
    {
        Refusal = refusal;
        Data = data;
    }

    /// <summary>None for an answer with data.</summary>
    public ModbusExceptionCode Refusal { get; }

    /// <summary>Exactly the bytes asked for; empty for a refusal.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Whether the PDU answers a request of this shape, neither more nor less than was asked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> pdu, ModbusFunction function, int byteCount, out ReadAnswer answer)
    {
        answer = default;
        if (pdu.Length == RefusalLength && pdu[0] == ((byte)function | RefusalFlag))
        {
            answer = new((ModbusExceptionCode)pdu[1], []);
            return pdu[1] != 0;
        }

        if (pdu.Length != DataOffset + byteCount || pdu[0] != (byte)function || pdu[1] != byteCount)
        {
            return false;
        }

        answer = new(ModbusExceptionCode.None, pdu[DataOffset..]);
        return true;
    }
}
