using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Journal.Format;
using EdgeAgent.Tests.Journal.Disk;

namespace EdgeAgent.Tests.Journal;

public sealed class JournalCursorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_committed_position_survives_and_an_uncommitted_one_does_not()
    {
        var files = new MemoryFileSystem();
        await using (var first = new JournalRig(files))
        {
            await first.AppendAsync(20);
            using var cursor = first.Journal.OpenCursor("kpi");
            await Polls.ReadAllAsync(cursor, 0, 80);
            await cursor.CommitAsync(80, Cancelled);
            await Polls.ReadAllAsync(cursor, 80, 120);
        }

        await using var second = new JournalRig(files) { NextPoll = 20 };
        using var again = second.Journal.OpenCursor("kpi");

        Assert.Equal(80, again.CommittedPosition);
        Assert.Equal(10, await Polls.ReadAllAsync(again, 80, 160));
    }

    [Fact]
    public async Task A_position_inside_a_batch_gives_the_rest_of_it_from_memory_and_from_disk()
    {
        var files = new MemoryFileSystem();
        await using (var first = new JournalRig(files))
        {
            await first.AppendAsync(3);
            using var cursor = first.Journal.OpenCursor("kpi");
            await Polls.ReadAllAsync(cursor, 0, 16);
            await cursor.CommitAsync(11, Cancelled);
            using var again = first.Journal.OpenCursor("kpi");
            await Polls.ReadAllAsync(again, 11, 24);
        }

        await using var second = new JournalRig(files);
        using var fromDisk = second.Journal.OpenCursor("kpi");
        await Polls.ReadAllAsync(fromDisk, 11, 24);
    }

    [Fact]
    public async Task A_commit_is_written_flushed_renamed_and_its_folder_flushed()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendAsync(1);
        await Polls.ReadAllAsync(cursor, 0, 8);
        files.Operations.Clear();
        await cursor.CommitAsync(8, Cancelled);

        Assert.Equal(
            [
                "create kpi.cursor.tmp",
                "write kpi.cursor.tmp",
                "fsync kpi.cursor.tmp",
                "rename kpi.cursor.tmp kpi.cursor",
                "sync folder",
            ],
            files.Operations);
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_the_position_before()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendAsync(2);
        await Polls.ReadAllAsync(cursor, 0, 16);
        files.Refuse = (_, _) => MemoryFileSystem.NoSpace;

        await Assert.ThrowsAsync<IOException>(async () => await cursor.CommitAsync(16, Cancelled));
        Assert.Equal(0, cursor.CommittedPosition);
        files.Refuse = (_, _) => null;
        await cursor.CommitAsync(16, Cancelled);
        Assert.Equal(16, cursor.CommittedPosition);
    }

    [Fact]
    public async Task A_cursor_file_with_any_flipped_byte_starts_with_the_oldest_entry_and_says_so()
    {
        var files = new MemoryFileSystem();
        await using (var rig = new JournalRig(files))
        {
            await rig.AppendAsync(3);
            using var cursor = rig.Journal.OpenCursor("kpi");
            await Polls.ReadAllAsync(cursor, 0, 24);
            await cursor.CommitAsync(24, Cancelled);
        }

        var whole = files["kpi.cursor"];
        for (var offset = 0; offset < whole.Length; offset++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[offset] ^= 1;
            var found = files.Copy();
            found["kpi.cursor"] = damaged;
            using var journal = SampleJournal.OpenOn(found, JournalRig.Config(), Some.Tags(8), TimeProvider.System);
            using var cursor = journal.OpenCursor("kpi");

            Assert.Equal(0, cursor.Position);
            Assert.Contains(journal.Recovery.Findings, finding => finding.Kind == RecoveryFindingKind.DamagedCursor);
        }
    }

    [Fact]
    public async Task A_reader_past_the_end_shows_that_the_end_is_lost_and_no_number_is_given_twice()
    {
        var files = new MemoryFileSystem();
        await using (var first = new JournalRig(files))
        {
            await first.AppendAsync(1);
            await first.AppendAsync(9);
            using var cursor = first.Journal.OpenCursor("kpi");
            await Polls.ReadAllAsync(cursor, 0, 80);
            await cursor.CommitAsync(80, Cancelled);
        }

        // The last record was acknowledged, read, and is gone.
        var segment = files[JournalFormat.SegmentName(1)];
        files[JournalFormat.SegmentName(1)] = segment[..^20];
        await using var second = new JournalRig(files) { NextPoll = 10 };
        using var again = second.Journal.OpenCursor("kpi");
        await second.AppendAsync(1);

        Assert.Contains(second.Journal.Recovery.Findings, finding => finding.Kind == RecoveryFindingKind.CursorAhead);
        Assert.True(second.Journal.Recovery.NextSequence >= 80);
        var entry = await again.ReadAsync(Cancelled);
        Assert.Equal(80, entry.Sequence);
        Assert.Equal(GapCause.StorageDamaged, entry.Gap?.Cause);
    }

    [Fact]
    public async Task A_reader_whose_segments_are_gone_gets_a_gap_with_both_its_ends_and_goes_on()
    {
        var files = new MemoryFileSystem();
        await using (var rig = new JournalRig(files))
        {
            using var cursor = rig.Journal.OpenCursor("kpi");
            await rig.AppendAsync(400);
            await Polls.ReadAllAsync(cursor, 0, 80);
            await cursor.CommitAsync(80, Cancelled);
            Assert.True(rig.Journal.Status().SegmentCount >= 3);
        }

        files.Remove(JournalFormat.SegmentName(1));
        await using var second = new JournalRig(files);
        using var again = second.Journal.OpenCursor("kpi");
        var gap = await again.ReadAsync(Cancelled);

        Assert.Equal(80, gap.Sequence);
        Assert.Equal(second.Journal.Recovery.OldestSequence, gap.NextSequence);
        Assert.Equal(GapCause.StorageDamaged, gap.Gap!.Cause);
        Assert.Equal(Some.TimeOf(9), gap.Gap.From);
        await Polls.ReadAllAsync(again, gap.NextSequence, 3_200);
    }

    [Fact]
    public async Task A_damaged_segment_in_the_middle_becomes_one_gap_between_true_numbers()
    {
        var files = new MemoryFileSystem();
        await using (var rig = new JournalRig(files))
        {
            await rig.AppendAsync(400);
        }

        var name = JournalFormat.SegmentName(2);
        var segment = files[name];
        segment[1_000] ^= 0x10;
        files[name] = segment;
        await using var second = new JournalRig(files);
        using var cursor = second.Journal.OpenCursor("kpi");
        var (samples, missing) = (0L, 0L);
        while (cursor.TryRead(out var entry))
        {
            for (var row = 0; row < entry.Batch?.Count; row++)
            {
                Some.AssertTrue(entry.Batch, row);
                samples++;
            }

            if (entry.Gap is { } gap)
            {
                missing += entry.NextSequence - entry.Sequence;
                Assert.Equal(GapCause.StorageDamaged, gap.Cause);
                Assert.Equal(Some.TimeOf((entry.Sequence / 8) - 1), gap.From);
                Assert.True(gap.To >= gap.From);
            }

            entry.Batch?.Release();
        }

        Assert.Equal(3_200, samples + missing);
        Assert.InRange(missing, 8, 1_600);
        Assert.Contains(second.Events, noted => noted.Kind == JournalEventKind.DamageFound);
    }

    [Fact]
    public async Task Between_memory_and_disk_nothing_is_missed_or_doubled()
    {
        // Little memory, and a reader that now runs ahead and now falls behind.
        await using var rig = new JournalRig(config: JournalRig.Config() with { MemoryBytes = 64 * 40 * 20 });
        const int PollCount = 4_000;
        var reading = Task.Run(async () =>
        {
            using var cursor = rig.Journal.OpenCursor("kpi");
            var random = new Random(5);
            var position = 0L;
            while (position < PollCount * 8)
            {
                var next = Math.Min(PollCount * 8, position + (8 * random.Next(1, 60)));
                await Polls.ReadAllAsync(cursor, position, next);
                position = next;
                if (random.Next(10) == 0)
                {
                    await cursor.CommitAsync(position, Cancelled);
                }

                for (var pause = random.Next(3_000); pause > 0; pause--)
                {
                    await Task.Yield();
                }
            }
        }, Cancelled);
        await rig.AppendAsync(PollCount);
        await reading;
    }

    [Fact]
    public async Task Only_what_every_reader_has_passed_is_deleted()
    {
        await using var rig = new JournalRig(config: JournalRig.Config() with { RetentionBytes = 0 });
        using var fast = rig.Journal.OpenCursor("fast");
        using var slow = rig.Journal.OpenCursor("slow");
        await rig.AppendAsync(400);
        Assert.Equal(0, rig.Journal.Status().OldestSequence);

        await Polls.ReadAllAsync(fast, 0, 3_200);
        await fast.CommitAsync(3_200, Cancelled);
        await rig.AppendAsync(1);
        Assert.Equal(0, rig.Journal.Status().OldestSequence);

        await Polls.ReadAllAsync(slow, 0, 2_000);
        await slow.CommitAsync(2_000, Cancelled);
        await rig.AppendAsync(1);
        Assert.InRange(rig.Journal.Status().OldestSequence, 1, 2_000);
        await Polls.ReadAllAsync(slow, 2_000, 3_208);

        rig.Journal.RemoveCursor("slow");
        rig.Journal.RemoveCursor("fast");
        await rig.AppendAsync(1);
        Assert.Equal(1, rig.Journal.Status().SegmentCount);
    }

    [Fact]
    public async Task At_the_budget_sources_wait_and_nothing_is_deleted_until_a_reader_moves()
    {
        var config = JournalRig.Config() with { BudgetBytes = 17_000, RetentionBytes = 0 };
        await using var rig = new JournalRig(config: config);
        using var slow = rig.Journal.OpenCursor("slow");
        var appending = rig.AppendAsync(2_000);
        while (rig.Journal.Status().State != JournalState.BudgetReached)
        {
            await Task.Yield();
        }

        var status = rig.Journal.Status();
        Assert.Equal(0, status.OldestSequence);
        Assert.InRange(status.StoredBytes, 1, 17_000);
        Assert.False(appending.IsCompleted);
        var position = 0L;
        while (!appending.IsCompleted)
        {
            if (slow.TryRead(out var entry))
            {
                Assert.Equal(position, entry.Sequence);
                position = entry.NextSequence;
                entry.Batch!.Release();
                await slow.CommitAsync(position, Cancelled);
            }
            else
            {
                await Task.Yield();
            }

            Assert.InRange(rig.Journal.Status().StoredBytes, 1, 17_000);
        }

        await appending;
        Assert.Equal(16_000, rig.Journal.Status().DurableSamples);
        Assert.Equal(JournalState.Healthy, rig.Journal.Status().State);
    }
}
