namespace EdgeAgent.Modbus.Client;

/// <summary>
/// All that an RTU answer says about its question. The address is not in it.
/// </summary>
/// <param name="Unit">Unit identifier.</param>
/// <param name="Function">The function asked for, also for a refusal.</param>
/// <param name="ByteCount">Bytes of data; 0 for a refusal.</param>
internal readonly record struct AnswerShape(byte Unit, ModbusFunction Function, int ByteCount);
