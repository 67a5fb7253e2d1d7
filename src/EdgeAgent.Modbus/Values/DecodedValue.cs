namespace EdgeAgent.Modbus.Values;

/// <summary>A value out of registers, or the reason why the registers hold none.</summary>
/// <param name="Bits">
/// To be read by the format's <see cref="DecodedKind"/>. With a fault: the raw value, in the same kind, so that nothing
/// that was read is lost.
/// </param>
/// <param name="Fault">None for a good value.</param>
public readonly record struct DecodedValue(long Bits, DecodeFault Fault);
