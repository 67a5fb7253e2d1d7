namespace EdgeAgent.Modbus;

/// <summary>The peer sent bytes that are not Modbus. Nothing that follows on the connection can be trusted.</summary>
public sealed class ModbusProtocolException(string message) : Exception(message);
