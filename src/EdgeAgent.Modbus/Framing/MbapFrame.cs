using System.Buffers.Binary;

namespace EdgeAgent.Modbus.Framing;

// Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3
//
//    0      2      4      6   7
//    +------+------+------+---+----------- - -
//    | tid  |  0   | len  | u | pdu (len - 1 bytes)
//    +------+------+------+---+----------- - -
//
// Big-endian. "len" counts the unit byte and the PDU.
//
internal readonly ref struct MbapFrame
{
    public const int HeaderLength = 7;

    /// <summary>Modbus Application Protocol V1.1b3, 4.1: 256 bytes of RS-485 frame less unit and CRC.</summary>
    public const int MaxPduLength = 253;

    /// <summary>A buffer of this size holds any legal frame.</summary>
    public const int MaxLength = HeaderLength + MaxPduLength;

    private const int ProtocolIdOffset = 2;
    private const int LengthOffset = 4;
    private const int UnitOffset = 6;

    // The shortest PDU of an answer is an exception: function and code. Requests have five bytes.
    private const int MinPduLength = 2;

    private MbapFrame(ushort transactionId, byte unit, ReadOnlySpan<byte> pdu)
    {
        TransactionId = transactionId;
        Unit = unit;
        Pdu = pdu;
    }

    public ushort TransactionId { get; }

    public byte Unit { get; }

    public ReadOnlySpan<byte> Pdu { get; }

    /// <summary>Bytes of the whole frame.</summary>
    public int Length => HeaderLength + Pdu.Length;

    /// <summary>Looks at the front of <paramref name="buffer"/>; false means the frame is not whole yet.</summary>
    /// <exception cref="ModbusProtocolException">The peer does not speak Modbus TCP; close the connection.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out MbapFrame frame)
    {
        frame = default;

        // Each field is judged as soon as it is there: a web server on port 502 shall not cost a time-out.
        if (buffer.Length >= LengthOffset
            && BinaryPrimitives.ReadUInt16BigEndian(buffer[ProtocolIdOffset..]) is var protocolId and not 0)
        {
            throw new ModbusProtocolException($"Protocol identifier is {protocolId}, expected 0.");
        }

        if (buffer.Length < UnitOffset)
        {
            return false;
        }

        var pduLength = BinaryPrimitives.ReadUInt16BigEndian(buffer[LengthOffset..]) - 1;
        if (pduLength is < MinPduLength or > MaxPduLength)
        {
            throw new ModbusProtocolException(
                $"PDU length is {pduLength}, expected {MinPduLength} to {MaxPduLength}.");
        }

        if (buffer.Length < HeaderLength + pduLength)
        {
            return false;
        }

        frame = new(
            transactionId: BinaryPrimitives.ReadUInt16BigEndian(buffer),
            unit: buffer[UnitOffset],
            pdu: buffer.Slice(HeaderLength, pduLength));
        return true;
    }

    /// <summary>Puts the header before a PDU that already stands at <see cref="HeaderLength"/>.</summary>
    public static int Write(Span<byte> frame, ushort transactionId, byte unit, int pduLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame, transactionId);
        BinaryPrimitives.WriteUInt16BigEndian(frame[ProtocolIdOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[LengthOffset..], (ushort)(pduLength + 1));
        frame[UnitOffset] = unit;
        return HeaderLength + pduLength;
    }
}
