namespace EdgeAgent.Modbus;

/// <summary>
/// The function codes this product speaks (Modbus Application Protocol V1.1b3, 6.1 to 6.4): reads, and nothing else.
/// There is deliberately no name for a function that changes a device.
/// </summary>
public enum ModbusFunction : byte
{
    ReadCoils = 1,
    ReadDiscreteInputs = 2,
    ReadHoldingRegisters = 3,
    ReadInputRegisters = 4,
}
