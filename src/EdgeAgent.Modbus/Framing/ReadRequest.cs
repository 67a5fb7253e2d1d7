using System.Buffers.Binary;

namespace EdgeAgent.Modbus.Framing;

// Modbus Application Protocol V1.1b3, 6.1 to 6.4
//
//    0    1         3          5
//    +----+---------+----------+
//    | fc | address | quantity |     fc 1-4, big-endian
//    +----+---------+----------+
//
/// <summary>
/// The only request this assembly can encode. Every byte that a client sends as a function code passes through
/// <see cref="Write"/>, which refuses all but 1 to 4: that is how "the plant is read-only" is kept.
/// </summary>
internal readonly record struct ReadRequest(ModbusFunction Function, ushort Address, int Quantity)
{
    public const int PduLength = 5;

    /// <exception cref="ArgumentOutOfRangeException">
    /// The function is no read, or the quantity is none the specification allows from that address.
    /// </exception>
    public int Write(Span<byte> pdu)
    {
        if (!Function.IsKnown)
        {
            throw new ArgumentOutOfRangeException(nameof(pdu), Function, "Only function codes 1 to 4 can be sent.");
        }

        if (!IsLegal)
        {
            throw new ArgumentOutOfRangeException(
                nameof(pdu), Quantity, $"From address {Address} a request may ask for 1 to {Function.MaxQuantity}.");
        }

        pdu[0] = (byte)Function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], (ushort)Quantity);
        return PduLength;
    }

    /// <summary>Reads what a client sent. The function may be any byte; the server decides.</summary>
    public static bool TryRead(ReadOnlySpan<byte> pdu, out ReadRequest request)
    {
        request = default;
        if (pdu.Length != PduLength)
        {
            return false;
        }

        request = new(
            (ModbusFunction)pdu[0],
            BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
        return true;
    }

    /// <summary>Whether the quantity is within the limits of the specification and of the address space.</summary>
    public bool IsLegal => Quantity >= 1 && Quantity <= Function.MaxQuantity
        && Address + Quantity <= ModbusFunctions.AddressCount;
}
