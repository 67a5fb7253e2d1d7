namespace EdgeAgent.Modbus.Server;

/// <summary>What a client asked for, as a fault hook sees it.</summary>
/// <param name="Unit">Unit identifier, 0 to 255.</param>
/// <param name="Function">Function code as sent; not necessarily one the server knows.</param>
/// <param name="Address">First address; 0 where the request has none.</param>
/// <param name="Quantity">Addresses asked for; 0 where the request has none.</param>
/// <param name="Number">1 for the first request of this server, counting all connections.</param>
public readonly record struct ModbusRequest(byte Unit, byte Function, ushort Address, int Quantity, long Number);
