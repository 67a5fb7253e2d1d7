using EdgeAgent.Journal;
using EdgeAgent.Tests.Journal.Disk;

namespace EdgeAgent.Tests.Journal;

/// <summary>The disk refuses, at every possible moment.</summary>
public sealed class DiskFailureTests
{
    private const int PollCount = 300;

    [Fact]
    public async Task One_failure_at_any_operation_loses_and_doubles_nothing()
    {
        var operationCount = await CountOperationsAsync();
        Assert.InRange(operationCount, 100, 2_000);
        for (var failing = 0; failing < operationCount; failing++)
        {
            var files = new MemoryFileSystem();
            await using (var rig = new JournalRig(files))
            {
                using var cursor = rig.Journal.Follow();
                files.Refuse = (n, _) => n == failing ? MemoryFileSystem.Broken : null;
                await AppendAllAsync(rig);

                Assert.Equal(PollCount, await Polls.ReadAllAsync(cursor, 0, PollCount * 8));
            }

            using var reader = JournalReader.Open("/journal", null, files);
            Assert.Equal(PollCount * 8, Polls.ReadAll(reader).Count);
        }
    }

    [Fact]
    public async Task After_a_failed_fsync_the_file_is_never_written_again_and_the_alarm_is_raised()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        await rig.AppendAsync(1);
        var failed = false;
        files.Refuse = (_, operation) =>
        {
            var fails = !failed && operation.StartsWith("fsync", StringComparison.Ordinal);
            failed |= fails;
            return fails ? MemoryFileSystem.Broken : null;
        };
        files.Operations.Clear();
        await rig.AppendAsync(1);

        Assert.Equal(JournalState.Suspect, rig.Journal.Status().State);
        Assert.Contains("Input/output error", rig.Journal.Status().Reason, StringComparison.Ordinal);
        Assert.Equal(
            [
                "write 000000000001.segment.tmp",
                "fsync 000000000001.segment.tmp",
                "create 000000000002.segment.tmp",
                "write 000000000002.segment.tmp",
                "write 000000000002.segment.tmp",
                "fsync 000000000002.segment.tmp",
                "rename 000000000002.segment.tmp 000000000002.segment",
                "sync folder",
            ],
            files.Operations);

        // A whole sound segment later the disk is trusted again.
        await rig.AppendAsync(200);
        Assert.Equal(JournalState.Healthy, rig.Journal.Status().State);
        Assert.Contains(rig.Events, noted => noted.Kind == JournalEventKind.StateChanged);
    }

    [Fact]
    public async Task A_second_failure_stops_acknowledging_and_nothing_else()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendAsync(1);
        files.Refuse = (_, operation) =>
            operation.StartsWith("fsync 0", StringComparison.Ordinal) ? MemoryFileSystem.Broken : null;

        await rig.AppendOneAsync();
        await Assert.ThrowsAsync<IOException>(rig.FlushAsync);

        Assert.Equal(JournalState.Stopped, rig.Journal.Status().State);
        Assert.Equal(8, rig.Journal.Status().NextSequence);
        Assert.Equal(8, rig.Journal.Status().DurableSamples);
        Assert.Equal(1, await Polls.ReadAllAsync(cursor, 0, 8));
        Assert.False(cursor.TryRead(out _));
        await cursor.CommitAsync(8, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_full_disk_at_any_operation_is_waited_for()
    {
        var operationCount = await CountOperationsAsync();
        for (var failing = 0; failing < operationCount; failing += 3)
        {
            var files = new MemoryFileSystem();
            await using (var rig = new JournalRig(files))
            {
                files.Refuse = (n, _) => n >= failing && n < failing + 9 ? MemoryFileSystem.NoSpace : null;
                await AppendAllAsync(rig);
                Assert.Equal(JournalState.Healthy, rig.Journal.Status().State);
            }

            using var reader = JournalReader.Open("/journal", null, files);
            Assert.Equal(PollCount * 8, Polls.ReadAll(reader).Count);
        }
    }

    [Fact]
    public async Task On_a_full_disk_readers_can_still_commit_and_writing_goes_on_when_there_is_room()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files, JournalRig.Config() with { BallastBytes = 8_192 });
        using var cursor = rig.Journal.OpenCursor("kpi");
        await rig.AppendAsync(10);
        files.Capacity = files.UsedBytes + 100;
        var appending = AppendAllAsync(rig);

        // The state is reported when all that belongs to it is done, the ballast released.
        while (!rig.HasReported(JournalEventKind.StateChanged))
        {
            await Task.Yield();
        }

        Assert.Equal(JournalState.DiskFull, rig.Journal.Status().State);
        Assert.DoesNotContain("ballast", files.List(""));
        var durable = rig.Journal.Status().NextSequence;
        await Polls.ReadAllAsync(cursor, 0, 80);
        await cursor.CommitAsync(80, TestContext.Current.CancellationToken);
        Assert.Equal(durable, rig.Journal.Status().NextSequence);
        Assert.Equal(JournalState.DiskFull, rig.Journal.Status().State);

        files.Capacity = long.MaxValue;
        await appending;

        Assert.Equal(JournalState.Healthy, rig.Journal.Status().State);
        Assert.Contains("ballast", files.List(""));
        Assert.Equal((PollCount + 10) * 8, rig.Journal.Status().NextSequence);
    }

    [Fact]
    public async Task A_stop_on_a_full_disk_ends_and_says_what_was_not_stored()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        await rig.AppendAsync(1);
        files.Capacity = 0;
        await rig.AppendOneAsync();
        await rig.StopAsync();

        var lost = Assert.Single(rig.Events, noted => noted.Kind == JournalEventKind.PendingLost);
        Assert.StartsWith("8 samples", lost.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CountOperationsAsync()
    {
        var files = new MemoryFileSystem();
        await using var rig = new JournalRig(files);
        await AppendAllAsync(rig);
        return files.Operations.Count;
    }

    // A flush now and then, so that the operations are the same at each run.
    private static async Task AppendAllAsync(JournalRig rig)
    {
        for (var i = 0; i < PollCount; i += 2)
        {
            await rig.AppendAsync(2);
        }
    }
}
