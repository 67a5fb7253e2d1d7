namespace EdgeAgent.Modbus.Values;

/// <summary>How the 64 bits of a decoded value are read.</summary>
public enum DecodedKind : byte
{
    /// <summary>0 or 1.</summary>
    Boolean,

    /// <summary>Two's complement.</summary>
    Int64,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,

    /// <summary>Not in the bits: see <see cref="ValueCodec.DecodeText"/>.</summary>
    Text,
}
