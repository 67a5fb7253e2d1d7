namespace EdgeAgent.OpcUa;

/// <summary>
/// An OPC UA StatusCode (Part 4, 7.38): the two highest bits are the severity (00 Good, 01 Uncertain, 10 Bad), the next
/// 14 the sub-code, the low 16 flags and information bits.
/// </summary>
public readonly record struct StatusCode(uint Value)
{
    private const uint CodeMask = 0xFFFF_0000;

    // Part 4, 7.38, table 173: info type DataValue (01 in bits 10-11) and the overflow bit of its info bits.
    private const uint InfoTypeMask = 0x0000_0C00;
    private const uint InfoTypeDataValue = 0x0000_0400;
    private const uint OverflowBit = 0x0000_0080;

    public static readonly StatusCode Good = new(StatusCodes.Good);

    public bool IsGood => Value >> 30 == 0;

    public bool IsUncertain => Value >> 30 == 1;

    /// <summary>Severity 10, and also the reserved 11, which Part 4 tells a reader to treat as Bad.</summary>
    public bool IsBad => Value >> 31 == 1;

    /// <summary>
    /// Whether the server says that its queue was full and notifications before or after this were lost.
    /// </summary>
    public bool HasOverflow => (Value & (InfoTypeMask | OverflowBit)) == (InfoTypeDataValue | OverflowBit);

    /// <summary>The code without flags and information bits, as in <see cref="StatusCodes"/>.</summary>
    public uint Code => Value & CodeMask;

    public static implicit operator StatusCode(uint value) => new(value);

    /// <summary>The name in the OPC UA table, or the number in hexadecimal.</summary>
    public override string ToString() => StatusCodeNames.Find(Code) ?? $"0x{Value:X8}";
}
