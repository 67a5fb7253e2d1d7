using EdgeAgent.Core.Model;

namespace EdgeAgent.Benchmarks.Journal;

/// <summary>
/// 200 tags at 1 Hz: 30 % switches and states that rarely change, 30 % counters, 40 % noisy measurements, half of them
/// 32-bit floats and half scaled 16-bit integers. The seed is fixed.
/// </summary>
internal sealed class PlantMix
{
    public const int TagCount = 200;

    private static readonly UtcTime Start = UtcTime.FromMicroseconds(1_767_225_600_000_000);

    private readonly Random _random = new(20260101);
    private readonly long[] _counters = new long[TagCount];

    public TagTable Tags { get; } = new(Enumerable.Range(0, TagCount).Select(i => new Tag
    {
        Id = $"line1.machine{i / 10}.{i % 10}",
        DeviceId = "d",
        Kind = (i % 10) switch
        {
            < 2 => ValueKind.Boolean,
            < 6 => ValueKind.Int64,
            _ => ValueKind.Float64,
        },
    }));

    /// <summary>Batches of consecutive polls, with as many polls in each as fit.</summary>
    public SampleBatch[] Batches(int rowCount, int batchCount)
    {
        var pool = new SampleBatchPool(rowCount, 0);
        var batches = new SampleBatch[batchCount];
        var poll = 0L;
        for (var i = 0; i < batchCount; i++)
        {
            batches[i] = pool.Rent(Tags);
            while (batches[i].Count + TagCount <= rowCount)
            {
                var time = Start + TimeSpan.FromSeconds(poll++) + TimeSpan.FromTicks(_random.Next(50_000));
                for (var tag = 0; tag < TagCount; tag++)
                {
                    batches[i].Add(tag, UtcTime.None, UtcTime.None, time, StatusCode.Good, NextBits(tag));
                }
            }
        }

        return batches;
    }

    private long NextBits(int tag)
    {
        ref var counter = ref _counters[tag];
        return (tag % 10) switch
        {
            0 or 1 => counter = _random.Next(200) == 0 ? 1 - counter : counter,
            2 => counter = _random.Next(60) == 0 ? _random.Next(5) : counter,
            3 => counter += _random.Next(2),
            4 or 5 => counter += 900 + _random.Next(100),
            6 => Sample.BitsOf(Math.Round(2_000 + (40 * _random.NextDouble())) / 10),
            7 => Sample.BitsOf(Math.Round(2_000 + (40 * _random.NextDouble())) * 0.1),
            _ => Sample.BitsOf((float)(tag + (0.5 * _random.NextDouble()))),
        };
    }
}
