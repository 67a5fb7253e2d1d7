using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Tests.Journal.Disk;

namespace EdgeAgent.Tests.Journal;

public sealed class SampleJournalTests
{
    private static readonly JournalConfig LargeGroups =
        JournalRig.Config() with { CommitBytes = 100_000, BudgetBytes = 4_000_000 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_appended_is_read_in_order_with_its_numbers()
    {
        await using var rig = new JournalRig();
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendAsync(20);

        Assert.Equal(20, await Polls.ReadAllAsync(cursor, 0, 20 * 8));
        Assert.Equal(160, rig.Journal.Status().DurableSamples);
        Assert.Equal(160, rig.Journal.Status().NextSequence);
        Assert.Equal(JournalState.Healthy, rig.Journal.Status().State);
    }

    [Fact]
    public async Task Nothing_is_readable_before_its_group_is_durable()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files, LargeGroups);
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendOneAsync();

        Assert.False(cursor.TryRead(out _));
        Assert.Equal(8, rig.Journal.Status().PendingSamples);

        var read = cursor.ReadAsync(Cancelled).AsTask();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(199));
        Assert.DoesNotContain(files.Operations, operation => operation.StartsWith("fsync 0", StringComparison.Ordinal));
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var entry = await read;

        Assert.Equal(0, entry.Batch!.FirstSequence);
        Assert.Contains(files.Operations, operation => operation.StartsWith("fsync 0", StringComparison.Ordinal));
        Assert.Equal(0, rig.Journal.Status().PendingSamples);
        entry.Batch.Release();
    }

    [Fact]
    public async Task A_full_group_is_committed_without_waiting_for_the_interval()
    {
        await using var rig = new JournalRig();
        using var cursor = rig.Journal.OpenCursor("kpi");
        for (var i = 0; i < 40; i++)
        {
            await rig.AppendOneAsync();
        }

        var entry = await cursor.ReadAsync(Cancelled);

        Assert.Equal(0, entry.Sequence);
        entry.Batch!.Release();
    }

    [Fact]
    public async Task The_disk_sees_write_fsync_rename_fsync_of_the_folder_and_only_then_readers_see_the_entry()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        using var cursor = rig.Journal.Follow();
        var seenBy = new List<string>();
        files.Refuse = (_, operation) =>
        {
            // Before every operation, whether a reader could see anything already.
            seenBy.Add($"{operation}: {cursor.Backlog}");
            return null;
        };

        await rig.AppendAsync(1);
        await rig.AppendAsync(1);

        Assert.Equal(
            [
                "create 000000000001.segment.tmp: 0",
                "write 000000000001.segment.tmp: 0",
                "write 000000000001.segment.tmp: 0",
                "fsync 000000000001.segment.tmp: 0",
                "rename 000000000001.segment.tmp 000000000001.segment: 0",
                "sync folder: 0",
                "write 000000000001.segment.tmp: 8",
                "fsync 000000000001.segment.tmp: 8",
            ],
            seenBy);
        Assert.Equal(16, cursor.Backlog);
    }

    [Fact]
    public async Task After_a_restart_everything_is_there_and_numbering_goes_on()
    {
        var files = new MemoryFileSystem();
        ulong epoch;
        await using (var first = new JournalRig(files))
        {
            await first.AppendAsync(50);
            epoch = first.Journal.Recovery.Epoch;
        }

        await using var second = new JournalRig(files) { NextPoll = 50 };
        using var cursor = second.Journal.OpenCursor("kpi");

        Assert.Empty(second.Journal.Recovery.Findings);
        Assert.Equal(epoch, second.Journal.Recovery.Epoch);
        Assert.Equal(400, second.Journal.Recovery.NextSequence);
        Assert.Equal(Some.TimeOf(49), second.Journal.Recovery.LastDurableTime);

        await second.AppendAsync(50);
        Assert.Equal(100, await Polls.ReadAllAsync(cursor, 0, 800));
    }

    [Fact]
    public async Task A_stop_commits_what_was_appended()
    {
        var files = new MemoryFileSystem();
        await using (var rig = new JournalRig(files, LargeGroups))
        {
            await rig.AppendOneAsync();
            await rig.StopAsync();

            Assert.Equal(8, rig.Journal.Status().DurableSamples);
            await Assert.ThrowsAsync<InvalidOperationException>(rig.AppendOneAsync);
        }

        using var reader = JournalReader.Open("/journal", null, files);
        Assert.Equal(8, reader.NextSequence);
    }

    [Fact]
    public async Task A_changed_table_starts_a_segment_and_readers_get_the_tags_of_each()
    {
        await using var rig = new JournalRig(config: JournalRig.Config() with { MemoryBytes = 0 });
        var old = rig.Tags;
        await rig.AppendAsync(2);
        rig.Tags = Some.Tags(8, "new");
        await rig.AppendAsync(2);
        using var cursor = rig.Journal.OpenCursor("kpi");

        var ids = new List<string>();
        while (cursor.TryRead(out var entry))
        {
            ids.Add(entry.Batch!.Tags[0].Id);
            entry.Batch.Release();
        }

        Assert.Equal(["t0", "t0", "new0", "new0"], ids);
        Assert.Equal(2, rig.Journal.Status().SegmentCount);
        Assert.NotSame(old, rig.Tags);
    }

    [Fact]
    public async Task An_equal_table_does_not_start_a_segment_and_readers_get_the_newest_one()
    {
        await using var rig = new JournalRig(config: JournalRig.Config() with { MemoryBytes = 0 });
        await rig.AppendAsync(1);
        rig.Tags = Some.Tags(8);
        await rig.AppendAsync(1);
        using var cursor = rig.Journal.OpenCursor("kpi");

        Assert.True(cursor.TryRead(out var entry));
        Assert.Same(rig.Tags, entry.Batch!.Tags);
        Assert.Equal(1, rig.Journal.Status().SegmentCount);
        entry.Batch.Release();
    }

    [Fact]
    public async Task A_slow_disk_holds_the_sources_back()
    {
        var files = new MemoryFileSystem();
        using var released = new ManualResetEventSlim();
        await using var rig = new JournalRig(files);
        await rig.AppendAsync(1);
        files.Refuse = (_, operation) =>
        {
            if (operation.StartsWith("fsync", StringComparison.Ordinal))
            {
                released.Wait(Cancelled);
            }

            return null;
        };

        var appended = 0;
        var appending = Task.Run(async () =>
        {
            while (appended < 1_000)
            {
                await rig.AppendOneAsync();
                appended++;
            }
        }, Cancelled);

        var held = rig.Journal.Status().PendingSamples;
        while (held == 0 || rig.Journal.Status().PendingSamples > held)
        {
            held = rig.Journal.Status().PendingSamples;
            await Task.Delay(20, Cancelled);
        }

        // Two groups: one being written, and an open one of at most four times the size of a group.
        Assert.InRange(appended, 1, 500);
        released.Set();
        await appending;
        await rig.FlushAsync();
        Assert.Equal(1_001 * 8, rig.Journal.Status().DurableSamples);
    }

    [Fact]
    public async Task Gaps_are_entries_like_samples()
    {
        await using var rig = new JournalRig(config: JournalRig.Config() with { MemoryBytes = 0 });
        var gap = new Gap(Gap.Everything, Some.Start, Some.TimeOf(5), GapCause.AgentStopped, "停机");
        await rig.AppendAsync(1);
        await rig.Journal.AppendAsync(gap, Cancelled);
        await rig.AppendAsync(1);
        using var cursor = rig.Journal.OpenCursor("kpi");

        (await cursor.ReadAsync(Cancelled)).Batch!.Release();
        var entry = await cursor.ReadAsync(Cancelled);

        Assert.Equal(new JournalEntry(8, 9, null, gap), entry);
        Assert.Equal(9, (await cursor.ReadAsync(Cancelled)).Sequence);
    }

    [Fact]
    public void A_folder_in_use_is_refused_with_place_and_remedy()
    {
        var refused = Assert.Throws<JournalUnavailableException>(
            () => SampleJournal.OpenOn(new TakenFileSystem(), JournalRig.Config(), Some.Tags(1), TimeProvider.System));

        Assert.Contains("'/journal' is in use by another agent (process 7)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_with_place_and_remedy()
    {
        var files = new MemoryFileSystem { Refuse = (_, _) => new UnauthorizedAccessException("Access denied.") };

        var refused = Assert.Throws<JournalUnavailableException>(
            () => SampleJournal.OpenOn(files, JournalRig.Config(), Some.Tags(1), TimeProvider.System));

        Assert.Contains("'/journal' cannot be used: Access denied.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_with_a_configuration_is_said_at_once()
    {
        var config = new JournalConfig
        {
            Folder = " ",
            SegmentBytes = 1,
            CommitBytes = 0,
            BudgetBytes = 0,
            RetentionBytes = 1,
        };

        Assert.Equal(5, config.Problems().Count());
        Assert.Throws<ArgumentException>(() => SampleJournal.Open(config, Some.Tags(1), TimeProvider.System));
    }
}
