namespace EdgeAgent.Modbus;

/// <summary>
/// Why a server refuses a request (Modbus Application Protocol V1.1b3, 7). Vendors use further numbers, so a value
/// without a name here is legal and is kept.
/// </summary>
public enum ModbusExceptionCode : byte
{
    None = 0,
    IllegalFunction = 0x01,
    IllegalDataAddress = 0x02,
    IllegalDataValue = 0x03,
    ServerDeviceFailure = 0x04,
    Acknowledge = 0x05,
    ServerDeviceBusy = 0x06,
    NegativeAcknowledge = 0x07,
    MemoryParityError = 0x08,
    GatewayPathUnavailable = 0x0A,
    GatewayTargetDeviceFailedToRespond = 0x0B,
}
