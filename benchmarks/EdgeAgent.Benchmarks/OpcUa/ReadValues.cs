using BenchmarkDotNet.Attributes;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>From the bytes of a ReadResponse of 1,000 Doubles; the figures are for one value.</summary>
[MemoryDiagnoser]
public class ReadValues
{
    private const int Values = 1_000;

    private readonly ValueColumns _columns = new();
    private byte[] _message = [];

    [GlobalSetup]
    public void Setup() => _message = PublishMix.Encode(new ReadResponse
    {
        Results = [.. Enumerable.Range(0, Values).Select(i => new DataValue(PublishMix.Value("Double", i)))],
    });

    /// <summary>As polling does.</summary>
    [Benchmark(OperationsPerInvoke = Values)]
    public int IntoColumns()
    {
        var reader = new UaReader(_message, DecodingLimits.Default);
        ResponseHeader.Decode(ref reader);
        _columns.Clear();
        var count = reader.ReadCount(1, 0);
        for (var i = 0; i < count; i++)
        {
            _columns.Add((uint)i, ref reader);
        }

        return _columns.Count;
    }

    /// <summary>As a single call does.</summary>
    [Benchmark(OperationsPerInvoke = Values)]
    public int IntoStructures()
    {
        var reader = new UaReader(_message, DecodingLimits.Default);
        return ReadResponse.Decode(ref reader).Results.Count;
    }
}
