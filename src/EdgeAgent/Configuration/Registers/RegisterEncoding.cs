namespace EdgeAgent.Configuration.Registers;

/// <summary>How a value lies in registers.</summary>
internal enum RegisterEncoding
{
    Bool,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
    Bcd16,
    Bcd32,
    String,
}
