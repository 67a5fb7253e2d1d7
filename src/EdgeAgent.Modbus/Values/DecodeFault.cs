namespace EdgeAgent.Modbus.Values;

/// <summary>Why registers that arrived in order still hold no usable number.</summary>
public enum DecodeFault : byte
{
    None,

    /// <summary>An unsigned 64-bit integer above the range of a signed one, or a scaled float beyond binary64.</summary>
    OutOfRange,

    /// <summary>NaN or infinity: what many devices send for a broken sensor.</summary>
    NotFinite,

    /// <summary>A BCD digit above 9, or bytes that are not UTF-8.</summary>
    Malformed,
}
