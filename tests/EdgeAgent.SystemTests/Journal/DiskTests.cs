using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.JournalStress;

namespace EdgeAgent.SystemTests.Journal;

/// <summary>Real disks: locked, read-only, full.</summary>
public sealed class DiskTests
{
    private static readonly SampleBatchPool Pool = new(StressSamples.TagCount, 1_024);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_second_journal_in_a_folder_is_refused_and_says_who_has_it()
    {
        using var folder = new ScratchFolder();
        using var first = SampleJournal.Open(Config(folder.Path), StressSamples.Tags, TimeProvider.System);

        var refused = Assert.Throws<JournalUnavailableException>(
            () => SampleJournal.Open(Config(folder.Path), StressSamples.Tags, TimeProvider.System));

        Assert.Contains(
            $"'{folder.Path}' is in use by another agent (process {Environment.ProcessId})",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_disk_is_refused_with_place_and_remedy()
    {
        using var disk = new SmallDisk("size=1m,ro");

        var refused = Assert.Throws<JournalUnavailableException>(
            () => SampleJournal.Open(Config(disk.Path), StressSamples.Tags, TimeProvider.System));

        Assert.Contains($"'{disk.Path}' cannot be used", refused.Message, StringComparison.Ordinal);
        Assert.Contains("writable", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_nothing_durable_is_lost_readers_commit_and_writing_goes_on_when_there_is_room()
    {
        using var disk = new SmallDisk("size=6m");
        var data = Path.Combine(disk.Path, "data");
        var filler = Path.Combine(disk.Path, "filler");
        long appended;
        using (var journal = SampleJournal.Open(Config(data), StressSamples.Tags, TimeProvider.System))
        {
            using var enough = new CancellationTokenSource();
            using var stop = new CancellationTokenSource();
            var run = journal.RunAsync(stop.Token);
            using var cursor = journal.OpenCursor("reader");
            var appending = AppendAsync(journal, enough.Token);
            await UntilAsync(() => journal.Status().NextSequence > 5_000);

            // Someone else's file takes much of the disk.
            await File.WriteAllBytesAsync(filler, new byte[3 << 20], Cancelled);
            await UntilAsync(() => journal.Status().State == JournalState.DiskFull);
            Assert.False(File.Exists(Path.Combine(data, "ballast")));

            var durable = journal.Status().NextSequence;
            while (cursor.Position < durable)
            {
                (await cursor.ReadAsync(Cancelled)).Batch?.Release();
            }

            await cursor.CommitAsync(durable, Cancelled);
            Assert.Equal(durable, journal.Status().NextSequence);

            File.Delete(filler);
            await UntilAsync(
                () => journal.Status() is { State: JournalState.Healthy } status && status.NextSequence > durable);
            await enough.CancelAsync();
            appended = await appending;
            await stop.CancelAsync();
            await run;
            Assert.Equal(0, journal.Status().PendingSamples);
        }

        using var reader = JournalReader.Open(data, StressSamples.Tags);
        var n = 0L;
        while (reader.TryRead(out var entry))
        {
            Assert.NotNull(entry.Batch);
            for (var tag = 0; tag < StressSamples.TagCount; tag++)
            {
                Assert.Equal(StressSamples.Row(tag, n), entry.Batch[tag]);
            }

            n++;
            entry.Batch.Release();
        }

        Assert.Equal(appended, n);
    }

    // A thousand rows in some milliseconds: slow enough to watch a disk of 6 MiB fill up. Returns the number of
    // batches.
    private static async Task<long> AppendAsync(SampleJournal journal, CancellationToken enough)
    {
        long n;
        for (n = 0; !enough.IsCancellationRequested; n++)
        {
            var batch = Pool.Rent(StressSamples.Tags);
            for (var tag = 0; tag < StressSamples.TagCount; tag++)
            {
                batch.Add(StressSamples.Row(tag, n));
            }

            await journal.AppendAsync(batch, CancellationToken.None);
            if (n % 50 == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            }
        }

        return n;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 3_000, "Waited for 30 seconds in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancelled);
        }
    }

    private static JournalConfig Config(string folder) => new()
    {
        Folder = folder,
        SegmentBytes = 256 * 1024,
        CommitInterval = TimeSpan.FromMilliseconds(20),
        CommitBytes = 16 * 1024,
        BudgetBytes = 1L << 30,
        RetentionBytes = 1L << 30,
        BallastBytes = 256 * 1024,
    };
}
