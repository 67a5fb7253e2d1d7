using BenchmarkDotNet.Attributes;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>From the bytes of a PublishResponse of 10,000 values to columns; the figures are for one value.</summary>
[MemoryDiagnoser]
public class DecodePublish
{
    private const int Values = 10_000;

    private readonly PublishResponseReader _reader = new();
    private readonly ValueColumns _columns = new();
    private byte[] _message = [];

    [Params("Double", "mixed")]
    public string Content { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _message = PublishMix.Encode(PublishMix.Of(Content, Values));

    [Benchmark(OperationsPerInvoke = Values)]
    public int IntoColumns()
    {
        var reader = new UaReader(_message, DecodingLimits.Default);
        _reader.ReadPublish(ref reader, _columns);
        return _columns.Count;
    }
}
