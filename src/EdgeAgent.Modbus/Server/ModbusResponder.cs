using System.Buffers.Binary;
using System.Collections.Concurrent;
using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Modbus.Server;

/// <summary>Turns one request PDU into one answer PDU: what the server decides, without sockets.</summary>
internal sealed class ModbusResponder(ConcurrentDictionary<byte, ModbusUnit> units)
{
    private long _number;

    public long RequestCount => Interlocked.Read(ref _number);

    public ModbusRequest Describe(byte unit, ReadOnlySpan<byte> pdu)
    {
        var known = ReadRequest.TryRead(pdu, out var request);
        return new(unit, pdu[0], known ? request.Address : (ushort)0, known ? request.Quantity : 0,
            Interlocked.Increment(ref _number));
    }

    /// <returns>The length of the answer; 0 if nobody of that unit is there to answer.</returns>
    public int Answer(in ModbusRequest request, ReadOnlySpan<byte> pdu, in ModbusFault fault, Span<byte> answer)
    {
        if (!units.TryGetValue(request.Unit, out var unit))
        {
            return 0;
        }

        var byteCount = 0;
        var refusal = fault.Refusal;
        if (refusal == ModbusExceptionCode.None)
        {
            if (!((ModbusFunction)request.Function).IsKnown)
            {
                refusal = ModbusExceptionCode.IllegalFunction;
            }
            else
            {
                refusal = pdu.Length == ReadRequest.PduLength
                    ? unit.Read(request, answer[ReadAnswer.DataOffset..], out byteCount)
                    : ModbusExceptionCode.IllegalDataValue;
            }
        }

        if (refusal != ModbusExceptionCode.None)
        {
            answer[0] = (byte)(request.Function | ReadAnswer.RefusalFlag);
            answer[1] = (byte)refusal;
            return ReadAnswer.RefusalLength;
        }

        answer[0] = request.Function;
        answer[1] = (byte)byteCount;
        return ReadAnswer.DataOffset + byteCount;
    }

    /// <summary>Another transaction identifier than the one asked with.</summary>
    public static void ShiftTransactionId(Span<byte> frame) =>
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(frame) + 0x1000));
}
