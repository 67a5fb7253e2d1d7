using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Modbus.Client;

/// <summary>
/// Takes what a poll brings, as it comes. Every point of the reader is reported exactly once per poll. Called on the
/// poll's own flow, and must not wait; the spans are valid during the call only.
/// </summary>
public interface IReadSink
{
    /// <param name="points">Indexes of the points that lie in the range.</param>
    /// <param name="range">What was read.</param>
    /// <param name="data">Registers as received, or bits from the least significant of the first byte.</param>
    void Received(ReadOnlySpan<int> points, in AddressRange range, ReadOnlySpan<byte> data);

    /// <param name="points">Indexes of the points that have no value in this poll.</param>
    /// <param name="outcome">Why not.</param>
    /// <param name="refusal">The exception code as received, or none.</param>
    void Failed(ReadOnlySpan<int> points, ReadOutcome outcome, ModbusExceptionCode refusal);
}
