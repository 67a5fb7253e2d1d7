using BenchmarkDotNet.Attributes;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;

namespace EdgeAgent.Benchmarks.Journal;

/// <summary>
/// Append: from the batch to the fsync that makes it durable, on the disk that holds the temporary folder. Read: from
/// disk to batches again. An operation is one sample; the allocations are those of all threads.
/// </summary>
[MemoryDiagnoser]
public class JournalBenchmarks : IDisposable
{
    private const int SampleCount = 2_000_000;

    private CancellationTokenSource _stop = new();
    private string _folder = "";
    private string _readFolder = "";
    private SampleJournal _journal = null!;
    private Task _run = Task.CompletedTask;
    private PlantMix _mix = null!;
    private SampleBatch[] _batches = [];

    /// <summary>One poll of 200 tags, or ten of them.</summary>
    [Params(200, 2_000)]
    public int BatchRows { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = Directory.CreateTempSubdirectory("edgeagent-benchmark-").FullName;
        _readFolder = Path.Combine(_folder, "read");
        _mix = new();
        _batches = _mix.Batches(BatchRows, 400_000 / BatchRows);

        Open(_readFolder);
        await AppendAsync();
        await StopAsync();
        Open(Path.Combine(_folder, "append"));
        await AppendAsync();
        var before = _journal.Status();
        await AppendAsync();
        var after = _journal.Status();
        Console.WriteLine(
            $"// {(double)(after.DurableBytes - before.DurableBytes) / SampleCount:F2} bytes a sample, "
            + $"{SampleCount / (after.Commits - before.Commits)} samples a commit");
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = SampleCount)]
    public async Task AppendAsync()
    {
        for (var i = 0; i < SampleCount / BatchRows; i++)
        {
            var batch = _batches[i % _batches.Length];
            batch.Retain();
            await _journal.AppendAsync(batch, CancellationToken.None);
        }

        await _journal.FlushAsync(CancellationToken.None);
    }

    [Benchmark(OperationsPerInvoke = SampleCount)]
    public long Read()
    {
        using var reader = JournalReader.Open(_readFolder, _mix.Tags);
        var count = 0L;
        while (reader.TryRead(out var entry))
        {
            count += entry.Batch?.Count ?? 0;
            entry.Batch?.Release();
        }

        return count == SampleCount ? count : throw new InvalidOperationException($"{count} samples were read.");
    }

    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Open(string folder)
    {
        var config = new JournalConfig { Folder = folder, RetentionBytes = 64 * 1024 * 1024 };
        _journal = SampleJournal.Open(config, _mix.Tags, TimeProvider.System);
        _stop = new();
        _run = _journal.RunAsync(_stop.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _journal.Dispose();
        _stop.Dispose();
    }
}
