namespace EdgeAgent.Configuration.Registers;

/// <summary>
/// The four tables of a Modbus device (Application Protocol V1.1b3, 4.3); each has addresses 0 to 65535.
/// </summary>
internal enum RegisterArea
{
    Holding,
    Input,
    Coil,
    Discrete,
}
