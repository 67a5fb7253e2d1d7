using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

internal enum EndpointProtocol
{
    ModbusTcp,
    ModbusRtu,
    ModbusRtuOverTcp,
    OpcUa,
}

internal static class EndpointProtocols
{
    public static readonly Choices<EndpointProtocol> Words = new(
        (EndpointProtocol.ModbusTcp, ["modbus-tcp"]),
        (EndpointProtocol.ModbusRtu, ["modbus-rtu"]),
        (EndpointProtocol.ModbusRtuOverTcp, ["modbus-rtu-over-tcp"]),
        (EndpointProtocol.OpcUa, ["opc-ua", "opcua"]));
}
