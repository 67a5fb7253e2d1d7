using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Benchmarks.Sinks;

/// <summary>A batch of samples into line protocol; figures are per sample.</summary>
[MemoryDiagnoser]
public class LineProtocolBenchmark
{
    private const int Rows = 1_000;

    private readonly LineBuffer _buffer = new("samples", TimestampPrecision.Nanoseconds, 1 << 20, Rows);
    private readonly SampleBatchPool _pool = new(Rows, 3);
    private SampleBatch _floats = null!;
    private SampleBatch _integers = null!;
    private SampleBatch _mixed = null!;

    [GlobalSetup]
    public void Fill()
    {
        var tags = new TagTable(Enumerable.Range(0, 100).Select(i => new Tag
        {
            Id = $"kiln{i}.温度",
            DeviceId = $"{i}号窑",
            Kind = (i % 4) switch { 0 or 1 => ValueKind.Float64, 2 => ValueKind.Int64, _ => ValueKind.Boolean },
        }));
        _floats = Batch(tags, row => row / 4 * 4 % 100);
        _integers = Batch(tags, row => (row / 4 * 4 % 100) + 2);
        _mixed = Batch(tags, row => row % 100);
        foreach (var batch in new[] { _floats, _integers, _mixed })
        {
            _buffer.Clear();
            _buffer.Add(batch, 0);
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Floats() => Format(_floats);

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Integers() => Format(_integers);

    [Benchmark(OperationsPerInvoke = Rows, Baseline = true)]
    public int MixedWithBadSamples() => Format(_mixed);

    private SampleBatch Batch(TagTable tags, Func<int, int> tagOf)
    {
        var batch = _pool.Rent(tags);
        for (var row = 0; row < Rows; row++)
        {
            var tag = tagOf(row);
            batch.Add(
                tag, UtcTime.None, UtcTime.None, UtcTime.FromMicroseconds(1_767_225_600_000_000 + row),
                row % 50 == 49 ? StatusCode.BadTimeout : StatusCode.Good,
                tags[tag].Kind == ValueKind.Float64 ? Sample.BitsOf(21.5 + (row / 100.0)) : row & 1);
        }

        return batch;
    }

    private int Format(SampleBatch batch)
    {
        _buffer.Clear();
        return _buffer.Add(batch, 0);
    }
}
