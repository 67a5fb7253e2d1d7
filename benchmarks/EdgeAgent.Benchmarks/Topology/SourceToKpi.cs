using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal;

namespace EdgeAgent.Benchmarks.Topology;

/// <summary>
/// The whole data path: a simulated source fills batches, its queue, the journal with group commit and real fsync, and
/// the KPI engine fed by a cursor. 200 tags of 20 machines at 1 Hz plant time, as fast as it goes.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class SourceToKpi
{
    private const int Machines = 20;
    private const int TagsPerMachine = 10;
    private const int TagCount = Machines * TagsPerMachine;
    private const int Polls = 10_000;

    private readonly TagTable _tags = new(
        from machine in Enumerable.Range(0, Machines)
        from tag in Enumerable.Range(0, TagsPerMachine)
        select new Tag
        {
            Id = $"m{machine}.t{tag}",
            DeviceId = $"m{machine}",
            Kind = tag < 4 ? ValueKind.Int64 : ValueKind.Float64,
            Decimals = tag < 4 ? 0 : 1,
        });

    private string _folder = "";
    private SampleBatchPool _pool = null!;
    private SampleJournal _journal = null!;
    private JournalCursor _cursor = null!;
    private KpiEngine _engine = null!;
    private CancellationTokenSource _stop = null!;
    private Task _committer = Task.CompletedTask;
    private UtcTime _now = UtcTime.From(new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
    private long _poll;

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("edgeagent-benchmark-").FullName;
        _pool = new(TagCount, 4096);
        _journal = SampleJournal.Open(
            new() { Folder = _folder, RetentionBytes = 256 * 1024 * 1024 }, _tags, TimeProvider.System);
        _cursor = _journal.OpenCursor("kpi");
        _engine = new(new KpiModel
        {
            Calendar = new()
            {
                Zone = TimeZoneInfo.Utc,
                Shifts =
                [
                    new("day", new(0, 0), new(12, 0), Shift.EveryDay),
                    new("night", new(12, 0), new(0, 0), Shift.EveryDay),
                ],
            },
            Tags = [.. _tags.Tags],
            Ledger = [.. Enumerable.Range(0, Machines).Select(machine => new LedgerDevice { Id = $"m{machine}" })],
            StateRules =
            [
                new StateRule(
                    "run", "1", ImmutableDictionary<string, TimeElement>.Empty.Add("1", TimeElement.Production)),
            ],
            Products = [new Product("p", "", 1_000_000L)],
            WorkUnits =
            [
                .. Enumerable.Range(0, Machines).Select(machine => new WorkUnit
                {
                    DeviceId = $"m{machine}",
                    StateTag = $"m{machine}.t0",
                    StateRule = "run",
                    ProducedTag = $"m{machine}.t1",
                    GoodTag = $"m{machine}.t2",
                    ScrapTag = $"m{machine}.t3",
                    ProductId = "p",
                }),
            ],
        });
        _stop = new();
        _committer = _journal.RunAsync(_stop.Token);
    }

    [GlobalCleanup]
    public async Task Close()
    {
        await _stop.CancelAsync();
        await _committer;
        _stop.Dispose();
        _cursor.Dispose();
        _journal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Polls * TagCount)]
    public async Task<long> Samples()
    {
        var queue = new SourceQueue(64);
        var source = Task.Run(() => SourceAsync(queue));
        var pump = Task.Run(async () =>
        {
            while (await queue.WaitToReadAsync(CancellationToken.None))
            {
                while (queue.TryRead(out var item))
                {
                    await _journal.AppendAsync(item, CancellationToken.None);
                }
            }
        });

        var read = 0L;
        while (read < Polls * TagCount)
        {
            var entry = await _cursor.ReadAsync(CancellationToken.None);
            _engine.Process(entry.Batch!);
            read += entry.Batch!.Count;
            entry.Batch.Release();
        }

        await source;
        await pump;
        await _cursor.CommitAsync(_cursor.Position, CancellationToken.None);
        return _engine.SampleCount;
    }

    private async Task SourceAsync(SourceQueue queue)
    {
        for (var i = 0; i < Polls; i++)
        {
            var batch = _pool.Rent(_tags);
            _now += TimeSpan.FromSeconds(1);
            _poll++;
            for (var tag = 0; tag < TagCount; tag++)
            {
                batch.Add(tag, UtcTime.None, UtcTime.None, _now, StatusCode.Good, Value(tag % TagsPerMachine));
            }

            await queue.WriteAsync(batch, CancellationToken.None);
        }

        queue.Complete();
    }

    // A state that changes every ten minutes, three counters, six noisy measurements with one decimal.
    private long Value(int tag) => tag switch
    {
        0 => _poll / 600 % 2,
        < 4 => _poll / (tag * 6),
        _ => Sample.BitsOf((150_000 + (unchecked((uint)((_poll * 2_654_435_761) + (tag * 40_503))) % 200)) / 10.0),
    };
}
