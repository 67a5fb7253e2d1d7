namespace EdgeAgent.Modbus.Client;

/// <summary>What stands at the front of the receive buffer.</summary>
/// <param name="Verdict">What it is to the request that waits.</param>
/// <param name="Length">Bytes it covers.</param>
/// <param name="DataOffset">Where the data of an answer begins; the byte count is the one asked for.</param>
/// <param name="Refusal">The exception code of an answer that refuses.</param>
/// <param name="Shape">Of a foreign frame without a transaction identifier; null for one with.</param>
internal readonly record struct Judgement(
    Verdict Verdict, int Length = 0, int DataOffset = 0, ModbusExceptionCode Refusal = ModbusExceptionCode.None,
    AnswerShape? Shape = null);
