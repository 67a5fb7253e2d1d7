using System.Buffers.Binary;

namespace EdgeAgent.Modbus.Framing;

// Modbus over Serial Line V1.02, 2.5.1
//
//    0   1                       n-2    n
//    +---+---------------- - - --+------+
//    | u | pdu (1 to 253 bytes)  | crc  |     crc: low byte first, over unit and PDU
//    +---+---------------- - - --+------+
//
// The line marks the end of a frame by 3.5 characters of silence, which neither a serial driver nor a TCP stream passes
// on. The length is therefore taken from the PDU:
//
//    answer with data    | fc 1-4       | byte count n | n bytes |
//    refusal             | fc + 0x80    | code |
//    request for data    | fc 1-4       | address (2)  | quantity (2) |
//
internal readonly ref struct RtuFrame
{
    /// <summary>Unit, PDU and CRC (Modbus over Serial Line V1.02, 2.3).</summary>
    public const int MaxLength = 256;

    public const int HeaderLength = 1;
    public const int CrcLength = 2;
    public const int RefusalLength = HeaderLength + 2 + CrcLength;
    public const int RequestLength = HeaderLength + ReadRequest.PduLength + CrcLength;

    private const int FunctionOffset = 1;
    private const int ByteCountOffset = 2;
    private const int MaxByteCount = 250;

    private RtuFrame(byte unit, ReadOnlySpan<byte> pdu)
    {
        Unit = unit;
        Pdu = pdu;
    }

    public byte Unit { get; }

    public ReadOnlySpan<byte> Pdu { get; }

    public int Length => HeaderLength + Pdu.Length + CrcLength;

    /// <summary>Looks for an answer at the front of <paramref name="buffer"/>; false means it is not whole yet.</summary>
    /// <exception cref="ModbusProtocolException">This is no answer, or its CRC is wrong; wait for silence.</exception>
    public static bool TryReadAnswer(ReadOnlySpan<byte> buffer, out RtuFrame frame)
    {
        frame = default;
        if (buffer.Length <= FunctionOffset)
        {
            return false;
        }

        int length;
        var function = buffer[FunctionOffset];
        if (function >= ReadAnswer.RefusalFlag)
        {
            length = RefusalLength;
        }
        else if (!((ModbusFunction)function).IsKnown)
        {
            throw new ModbusProtocolException($"Function code 0x{function:X2} answers no request of ours.");
        }
        else if (buffer.Length <= ByteCountOffset)
        {
            return false;
        }
        else if (buffer[ByteCountOffset] is 0 or > MaxByteCount)
        {
            throw new ModbusProtocolException(
                $"Byte count is {buffer[ByteCountOffset]}, expected 1 to {MaxByteCount}.");
        }
        else
        {
            length = HeaderLength + 2 + buffer[ByteCountOffset] + CrcLength;
        }

        return TryReadWhole(buffer, length, out frame);
    }

    /// <summary>Looks for a read request at the front of <paramref name="buffer"/>, as a server does.</summary>
    /// <exception cref="ModbusProtocolException">The CRC is wrong; wait for silence.</exception>
    public static bool TryReadRequest(ReadOnlySpan<byte> buffer, out RtuFrame frame) =>
        TryReadWhole(buffer, RequestLength, out frame);

    /// <summary>Takes the whole of <paramref name="bytes"/>, delimited by silence, as one frame.</summary>
    /// <exception cref="ModbusProtocolException">The CRC is wrong.</exception>
    public static RtuFrame ReadDelimited(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength + 1 + CrcLength && TryReadWhole(bytes, bytes.Length, out var frame)
            ? frame
            : throw new ModbusProtocolException($"{bytes.Length} bytes are no frame.");

    /// <summary>Puts unit and CRC around a PDU that already stands at <see cref="HeaderLength"/>.</summary>
    public static int Write(Span<byte> frame, byte unit, int pduLength)
    {
        frame[0] = unit;
        var body = frame[..(HeaderLength + pduLength)];
        BinaryPrimitives.WriteUInt16LittleEndian(frame[body.Length..], Crc16.Of(body));
        return body.Length + CrcLength;
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> buffer, int length, out RtuFrame frame)
    {
        frame = default;
        if (buffer.Length < length)
        {
            return false;
        }

        var body = buffer[..(length - CrcLength)];
        var expected = Crc16.Of(body);
        var found = BinaryPrimitives.ReadUInt16LittleEndian(buffer[body.Length..]);
        if (found != expected)
        {
            throw new ModbusProtocolException($"CRC is 0x{found:X4}, expected 0x{expected:X4}.");
        }

        frame = new(body[0], body[HeaderLength..]);
        return true;
    }
}
