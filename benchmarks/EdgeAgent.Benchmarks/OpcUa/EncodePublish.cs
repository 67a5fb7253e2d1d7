using BenchmarkDotNet.Attributes;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>From 10,000 values to the bytes of a PublishResponse; the figures are for one value.</summary>
[MemoryDiagnoser]
public class EncodePublish
{
    private const int Values = 10_000;

    private readonly UaWriter _writer = new();
    private DataChangeNotification _notification = new();

    [Params("Double", "mixed")]
    public string Content { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _notification = PublishMix.Of(Content, Values)
        .NotificationMessage.NotificationData[0].As<DataChangeNotification>(DecodingLimits.Default)!;

    [Benchmark(OperationsPerInvoke = Values)]
    public int FromStructures()
    {
        _writer.Reset();
        _notification.Encode(_writer);
        return _writer.Position;
    }
}
