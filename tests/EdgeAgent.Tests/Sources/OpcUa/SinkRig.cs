using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Sources.OpcUa;

/// <summary>A sink with tags of these types, and a hand to feed it as a server would.</summary>
internal sealed class SinkRig
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly List<Sample> _samples = [];
    private readonly List<string?> _texts = [];
    private readonly List<Gap> _gaps = [];

    public SinkRig(params NodeFormat[] formats)
        : this(formats, batchRows: 512)
    {
    }

    public SinkRig(IReadOnlyList<NodeFormat> formats, int batchRows, string? field = null)
    {
        var table = new TagTable(formats.Select((format, index) => new Tag
        {
            Id = $"tag{index}",
            DeviceId = $"device{index / 2}",
            Kind = format.Kind,
        }));
        Sink = new(
            "server",
            [.. formats.Select((format, index) => new OpcUaTag
            {
                TagIndex = index,
                Device = $"device{index / 2}",
                Address = NodeAddress.Parse($"nsu=urn:plant;s=Node{index}"),
                Format = format,
                Interval = TimeSpan.FromSeconds(1),
                Field = field is null ? null : FieldPath.Parse(field),
            })],
            table, new SampleBatchPool(batchRows, 2048), Output, Counters, Clock, Log);
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public SourceQueue Output { get; } = new(BatchWriter.QueueCapacity);

    public OpcUaCounters Counters { get; } = new();

    public LogLines Log { get; } = new();

    public OpcUaSink Sink { get; }

    public List<BatchOrigin> Origins { get; } = [];

    /// <summary>Samples in the queue up to now, each with its text.</summary>
    public IReadOnlyList<Sample> Samples => Drain()._samples;

    public IReadOnlyList<string?> Texts => Drain()._texts;

    public IReadOnlyList<Gap> Gaps => Drain()._gaps;

    public static ValueColumns Columns(params (uint Handle, DataValue Value)[] rows)
    {
        var columns = new ValueColumns();
        columns.Reserve(rows.Length);
        foreach (var (handle, value) in rows)
        {
            var writer = new UaWriter();
            writer.WriteDataValue(value);
            var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
            columns.Add(handle, ref reader);
        }

        return columns;
    }

    public SinkRig Take(params (uint Handle, DataValue Value)[] rows)
    {
        Sink.Take(Columns(rows), ValueOrigin.Live);
        return this;
    }

    private SinkRig Drain()
    {
        while (Output.TryRead(out var item))
        {
            if (item.Gap is { } gap)
            {
                _gaps.Add(gap);
            }

            if (item.Batch is { } batch)
            {
                Origins.Add(batch.Origin);
                for (var row = 0; row < batch.Count; row++)
                {
                    var sample = batch[row];
                    _samples.Add(sample);
                    _texts.Add(batch.Tags[sample.TagIndex].Kind == ValueKind.Text ? batch.TextAt(row) : null);
                }

                batch.Release();
            }
        }

        return this;
    }
}
