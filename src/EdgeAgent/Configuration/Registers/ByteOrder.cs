namespace EdgeAgent.Configuration.Registers;

/// <summary>
/// In which order the bytes of a value arrive, A being its most significant byte: AB is the order of the specification
/// (Application Protocol V1.1b3, 4.2), the others are what devices make of values wider than a register.
/// </summary>
internal enum ByteOrder
{
    /// <summary>A bool has no order.</summary>
    None,
    AB,
    BA,
    ABCD,
    DCBA,
    BADC,
    CDAB,
    ABCDEFGH,
    HGFEDCBA,
    BADCFEHG,
    GHEFCDAB,
}
