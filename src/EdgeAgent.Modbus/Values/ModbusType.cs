namespace EdgeAgent.Modbus.Values;

/// <summary>What a point's registers mean. Modbus itself knows only bits and 16-bit registers.</summary>
public enum ModbusType : byte
{
    /// <summary>A coil, a discrete input, or one bit of a register.</summary>
    Bool,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,

    /// <summary>Four decimal digits of four bits.</summary>
    Bcd16,

    /// <summary>Eight decimal digits of four bits.</summary>
    Bcd32,

    /// <summary>UTF-8, two bytes a register, ended by a zero byte or by its length.</summary>
    Text,
}
