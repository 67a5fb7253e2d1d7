namespace EdgeAgent.Modbus.Client;

/// <summary>How a request ended, and what it brought.</summary>
/// <param name="Outcome">Which of the following mean something.</param>
/// <param name="Refusal">The exception code as received, named or not; none unless refused.</param>
/// <param name="Data">
/// Registers as received, or bits; empty unless answered. Valid until the next call to the client.
/// </param>
/// <param name="IsCertain">
/// For a refusal: false where it may be the late refusal of another request, so that nothing should be learned from it.
/// </param>
public readonly record struct ReadResult(
    ReadOutcome Outcome, ModbusExceptionCode Refusal = ModbusExceptionCode.None, ReadOnlyMemory<byte> Data = default,
    bool IsCertain = true);
