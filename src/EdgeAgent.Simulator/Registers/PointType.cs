namespace EdgeAgent.Simulator.Registers;

/// <summary>How a point lies in the tables. Text is a string whose length the point states.</summary>
internal enum PointType
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
    Text,
}
