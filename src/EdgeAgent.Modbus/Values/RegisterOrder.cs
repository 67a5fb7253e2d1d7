namespace EdgeAgent.Modbus.Values;

/// <summary>
/// How a value lies in its registers, as seen on the wire. The letters name the bytes of the value from the most
/// significant (A); one pair is one register.
/// </summary>
[Flags]
public enum RegisterOrder : byte
{
    /// <summary>AB, ABCD, ABCDEFGH: most significant byte first, as the specification orders it.</summary>
    BigEndian = 0,

    /// <summary>BA, BADC, BADCFEHG: the two bytes of each register are exchanged.</summary>
    BytesSwapped = 1,

    /// <summary>CDAB, GHEFCDAB: the registers come in reverse.</summary>
    WordsSwapped = 2,

    /// <summary>DCBA, HGFEDCBA: least significant byte first.</summary>
    LittleEndian = BytesSwapped | WordsSwapped,
}
