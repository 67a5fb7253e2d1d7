using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Benchmarks.Kpi;

/// <summary>
/// The engine per sample, at the simulator's mix: of each machine's eight tags one is a state, two are counters, one
/// is a meter that moves every time, four prove the connection only. Times go on from batch to batch, so minutes roll
/// over.
/// </summary>
[MemoryDiagnoser]
public class KpiEngineBenchmark
{
    private const int Rows = 8_192;
    private const int Batches = 256;

    private readonly SampleBatchPool _pool = new(Rows, Batches);
    private KpiEngine _engine = null!;
    private TagTable _table = null!;
    private SampleBatch[] _batches = [];
    private long _row;

    /// <summary>Tags, eight to a machine, each read ten times a second.</summary>
    [Params(80, 8_000)]
    public int Tags { get; set; }

    [GlobalSetup]
    public void Start()
    {
        var model = Model(Tags / 8);
        (_engine, _table) = (new(model), new(model.Tags));
    }

    [IterationSetup]
    public void Next()
    {
        foreach (var batch in _batches)
        {
            batch.Release();
        }

        _batches = [.. Enumerable.Range(0, Batches).Select(_ => Fill(_pool.Rent(_table), ref _row))];
    }

    [Benchmark(OperationsPerInvoke = Rows * Batches)]
    public long Process()
    {
        foreach (var batch in _batches)
        {
            _engine.Process(batch);
        }

        return _engine.SampleCount;
    }

    private static SampleBatch Fill(SampleBatch batch, ref long row)
    {
        var tags = batch.Tags.Count;
        for (var i = 0; i < Rows; i++, row++)
        {
            var (tag, poll) = ((int)(row % tags), row / tags);
            var time = UtcTime.FromMicroseconds(1_770_000_000_000_000 + (poll * 100_000));
            var bits = (tag % 8) switch
            {
                0 => 1 + (poll / 5_000 % 4),
                1 => poll / 30,
                2 => poll / 300,
                3 => Sample.BitsOf(1_000 + (poll * 0.37)),
                _ => Sample.BitsOf(poll * 0.01),
            };
            batch.Add(tag, UtcTime.None, UtcTime.None, time, StatusCode.Good, bits);
        }

        return batch;
    }

    private static KpiModel Model(int machines) => new()
    {
        Calendar = new() { Shifts = [new("all", new(0, 0), new(0, 0), Shift.EveryDay)] },
        Ledger = [.. Enumerable.Range(0, machines).Select(i => new LedgerDevice { Id = $"m{i}", Source = "line" })],
        Tags =
        [
            .. from machine in Enumerable.Range(0, machines)
               from tag in Enumerable.Range(0, 8)
               select new Tag
               {
                   Id = $"m{machine}.{tag}",
                   DeviceId = $"m{machine}",
                   Kind = tag < 3 ? ValueKind.Int64 : ValueKind.Float64,
                   Decimals = 2,
                   Interval = TimeSpan.FromMilliseconds(100),
               },
        ],
        StateRules =
        [
            new("rule", "1", ImmutableDictionary<string, TimeElement>.Empty
                .Add("1", TimeElement.Production).Add("2", TimeElement.Setup)
                .Add("3", TimeElement.Delay).Add("4", TimeElement.Down)),
        ],
        WorkUnits =
        [
            .. Enumerable.Range(0, machines).Select(i => new WorkUnit
            {
                DeviceId = $"m{i}",
                StateTag = $"m{i}.0",
                StateRule = "rule",
                ProducedTag = $"m{i}.1",
                ScrapTag = $"m{i}.2",
                ProductId = "p",
            }),
        ],
        Products = [new("p", "", 30_000_000)],
        Meters =
        [
            .. Enumerable.Range(0, machines).Select(i => new EnergyMeter
            {
                Id = $"e{i}",
                Tag = $"m{i}.3",
                Carrier = "electricity",
                Coefficients = [new(0.1229m, null, "")],
            }),
        ],
    };
}
