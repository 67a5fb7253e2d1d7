using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Journal;

/// <summary>
/// What a plant sends: of ten tags three are switches and states that rarely change, three are counters, and four are
/// noisy measurements, two of them scaled 16-bit integers and two 32-bit floats. The seed is fixed.
/// </summary>
internal sealed class RealisticMix
{
    private static readonly UtcTime Start = UtcTime.FromMicroseconds(1_767_225_600_000_000);

    private readonly Random _random = new(20260101);
    private readonly SampleBatchPool _pool = new(4096, 256);
    private readonly long[] _counters;
    private readonly double[] _levels;
    private long _poll;

    public RealisticMix(int tagCount)
    {
        Tags = new(Enumerable.Range(0, tagCount).Select(i => new Tag
        {
            Id = $"line1.machine{i / 10}.{i % 10}",
            DeviceId = "d",
            Kind = (i % 10) switch
            {
                < 2 => ValueKind.Boolean,
                < 5 => ValueKind.Int64,
                _ => ValueKind.Float64,
            },
        }));
        _counters = new long[tagCount];
        _levels = [.. Enumerable.Range(0, tagCount).Select(_ => 20.0 + (400 * _random.NextDouble()))];
    }

    public TagTable Tags { get; }

    /// <summary>One second: every tag once, in equal batches of neighbours that each have one gateway time.</summary>
    public IEnumerable<SampleBatch> Poll(int batchCount)
    {
        for (var part = 0; part < batchCount; part++)
        {
            var batch = _pool.Rent(Tags);
            var jitter = TimeSpan.FromTicks(_random.Next(50_000) + (part * 100_000L));
            var time = Start + TimeSpan.FromSeconds(_poll) + jitter;
            var count = Tags.Count / batchCount;
            for (var tag = part * count; tag < (part + 1) * count; tag++)
            {
                batch.Add(tag, UtcTime.None, UtcTime.None, time, StatusCode.Good, NextBits(tag));
            }

            yield return batch;
        }

        _poll++;
    }

    private long NextBits(int tag)
    {
        ref var counter = ref _counters[tag];
        ref var level = ref _levels[tag];
        switch (tag % 10)
        {
            case 0 or 1: // Switches: every 200 seconds.
                counter = _random.Next(200) == 0 ? 1 - counter : counter;
                return counter;
            case 2: // A state.
                counter = _random.Next(60) == 0 ? _random.Next(5) : counter;
                return counter;
            case 3 or 4: // Pieces, and pulses of a meter.
                counter += tag % 2 == 0 ? _random.Next(2) : 900 + _random.Next(100);
                return counter;
            case 5: // An energy register in tenths of a kWh.
                counter += _random.Next(30);
                return Sample.BitsOf(counter * 0.1);
            case 6 or 7: // Scaled 16-bit integers with two percent of noise, once divided and once multiplied.
                var raw = Math.Round((level * 10) + (level * 0.2 * (_random.NextDouble() - 0.5)));
                return Sample.BitsOf(tag % 2 == 0 ? raw / 10 : raw * 0.1);
            default: // 32-bit floats, drifting.
                level += 0.1 * (_random.NextDouble() - 0.5);
                return Sample.BitsOf((float)(level + (0.5 * _random.NextDouble())));
        }
    }
}
