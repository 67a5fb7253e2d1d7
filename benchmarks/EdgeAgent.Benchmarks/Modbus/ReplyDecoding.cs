using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Framing;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Sources.Modbus;

namespace EdgeAgent.Benchmarks.Modbus;

/// <summary>From the bytes of the largest answer, 125 registers, to the rows of a batch.</summary>
[MemoryDiagnoser]
public class ReplyDecoding
{
    private const int Registers = ModbusFunctions.MaxRegisters;

    private static readonly AddressRange Range = new(ModbusFunction.ReadHoldingRegisters, 0, Registers);

    private readonly byte[] _frame = new byte[MbapFrame.MaxLength];
    private readonly TcpDialogue _dialogue = new(acceptZeroTransactionId: false, acceptUnitMismatch: false);
    private readonly List<SampleBatch> _batches = [];
    private SampleSink _sink = null!;
    private int[] _points = null!;
    private int _length;

    /// <summary>What the registers hold.</summary>
    [Params("uint16", "uint16 scaled", "float32")]
    public string Content { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var format = Content switch
        {
            "uint16" => new ValueFormat(ModbusType.UInt16),
            "uint16 scaled" => new ValueFormat(ModbusType.UInt16, scale: 0.1m, offset: -40),
            _ => new ValueFormat(ModbusType.Float32, RegisterOrder.WordsSwapped),
        };
        var count = Registers / format.RegisterCount;
        var table = new TagTable(Enumerable.Range(0, count).Select(index => new Tag
        {
            Id = $"t{index}",
            DeviceId = "d",
            Kind = ValueKind.Float64,
        }));
        var tags = Enumerable.Range(0, count).Select(index => new ModbusTag(
            index, Range with { Address = index * format.RegisterCount, Quantity = format.RegisterCount }, format,
            TimeSpan.FromSeconds(1)));
        _sink = new([.. tags], table, new(count, 4), TimeProvider.System);
        _points = [.. Enumerable.Range(0, count)];

        var request = new ReadRequest(Range.Function, 0, Registers);
        _dialogue.Ask(1, request, _frame);
        var pdu = _frame.AsSpan(MbapFrame.HeaderLength);
        pdu[0] = (byte)Range.Function;
        pdu[1] = Registers * 2;
        for (var i = 0; i < Registers * 2; i++)
        {
            pdu[2 + i] = (byte)(0x40 + (i % 7));
        }

        _length = MbapFrame.Write(_frame, transactionId: 1, unit: 1, 2 + (Registers * 2));
    }

    [Benchmark]
    public int Decode()
    {
        var judgement = _dialogue.Judge(_frame.AsSpan(0, _length));
        _sink.Received(_points, Range, _frame.AsSpan(judgement.DataOffset, Registers * 2));
        _sink.TakeInto(_batches);
        var rows = _batches[0].Count;
        _batches[0].Release();
        _batches.Clear();
        return rows;
    }
}
