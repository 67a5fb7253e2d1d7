using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>What a poll reported, by point.</summary>
internal sealed class RecordingSink(IReadOnlyList<AddressRange> points) : IReadSink
{
    public Dictionary<int, string> Data { get; } = [];

    public Dictionary<int, (ReadOutcome Outcome, ModbusExceptionCode Refusal)> Failures { get; } = [];

    public void Clear()
    {
        Data.Clear();
        Failures.Clear();
    }

    public void Received(ReadOnlySpan<int> indexes, in AddressRange range, ReadOnlySpan<byte> data)
    {
        foreach (var index in indexes)
        {
            var point = points[index];
            var bytes = point.Function.ReadsBits
                ? data
                : data.Slice((point.Address - range.Address) * 2, point.Quantity * 2);
            Assert.False(Failures.ContainsKey(index));
            Data.Add(index, Convert.ToHexString(bytes));
        }
    }

    public void Failed(ReadOnlySpan<int> indexes, ReadOutcome outcome, ModbusExceptionCode refusal)
    {
        foreach (var index in indexes)
        {
            Assert.False(Data.ContainsKey(index));
            Failures.Add(index, (outcome, refusal));
        }
    }
}
