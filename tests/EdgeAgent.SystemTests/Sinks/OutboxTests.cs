using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.SystemTests.Sinks;

public sealed class OutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private string Path => _folder.File("outbox.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_come_out_oldest_first_and_survive_a_restart()
    {
        using (var outbox = Open())
        {
            outbox.Put(Message(1), Message(2));
            outbox.Put(Message(3));
        }

        using var again = Open();
        var rows = again.Take(0, 10, long.MaxValue);
        Assert.Equal(["m/1", "m/2", "m/3"], rows.Select(row => row.Message.Id));
        Assert.Equal("{\"n\":2}", Encoding.UTF8.GetString(rows[1].Message.Payload.Span));
        Assert.Equal("edge/a", rows[1].Message.Topic);
        Assert.Equal(UtcTime.Now(_clock), rows[1].CreatedAt);
        Assert.Null(again.SetAside);
    }

    [Fact]
    public void A_put_repeated_changes_nothing()
    {
        using var outbox = Open();
        Assert.Equal(2, outbox.Put(Message(1), Message(2)).Added);
        var again = outbox.Put(Message(2), Message(3), Message(1));

        Assert.Equal((1, 2), (again.Added, again.Repeated));
        Assert.Empty(again.Conflicts);
        Assert.Equal(3, outbox.ReadCounters().Queued);
    }

    [Fact]
    public void A_put_repeated_after_publishing_does_not_publish_again()
    {
        using var outbox = Open();
        outbox.Put(Message(1));
        Settle(outbox, OutboxState.Published);
        outbox.Put(Message(1));
        Assert.Empty(outbox.Take(0, 10, long.MaxValue));
    }

    [Theory]
    [InlineData("edge/a", "{\"n\":9}")]
    [InlineData("edge/b", "{\"n\":1}")]
    public void The_same_id_with_other_bytes_is_reported_and_the_first_stays(string topic, string payload)
    {
        using var outbox = Open();
        outbox.Put(Message(1));
        var put = outbox.PutAll([new("m/1", topic, Encoding.UTF8.GetBytes(payload)), Message(2)], "kpi", 7);

        Assert.Equal(["m/1"], put.Conflicts);
        Assert.Equal(1, put.Added);
        Assert.Equal(1, outbox.ReadCounters().Conflicts);
        Assert.Equal(7, outbox.ReadPosition("kpi"));
        Assert.Equal("{\"n\":1}", Encoding.UTF8.GetString(outbox.Take(0, 1, 1)[0].Message.Payload.Span));
    }

    [Fact]
    public void Positions_are_kept_by_name()
    {
        using (var outbox = Open())
        {
            Assert.Null(outbox.ReadPosition("kpi"));
            outbox.PutAll([Message(1)], "kpi", 10);
            outbox.PutAll([], "kpi", 20);
            outbox.PutAll([], "other", 5);
        }

        using var again = Open();
        Assert.Equal(20, again.ReadPosition("kpi"));
        Assert.Equal(5, again.ReadPosition("other"));
    }

    [Fact]
    public void A_round_is_bounded_by_rows_and_bytes_and_never_empty()
    {
        using var outbox = Open();
        outbox.Put([.. Enumerable.Range(0, 20).Select(Message)]);

        Assert.Equal(5, outbox.Take(0, 5, long.MaxValue).Count);
        Assert.Equal(3, outbox.Take(0, 20, 20).Count); // 7 bytes each: the third passes 20.
        Assert.Single(outbox.Take(0, 20, 1));
        Assert.Equal("m/5", outbox.Take(5, 1, 1)[0].Message.Id);
    }

    [Fact]
    public void Every_outcome_is_counted_and_kept()
    {
        using (var outbox = Open())
        {
            outbox.Put(Message(1), Message(2), Message(3));
            var rows = outbox.Take(0, 10, long.MaxValue);
            outbox.Settle(
            [
                new(rows[0].Sequence, OutboxState.Published, ""),
                new(rows[1].Sequence, OutboxState.Parked, "0x87 NotAuthorized"),
                new(rows[2].Sequence, OutboxState.Queued, "0x10 NoMatchingSubscribers"),
            ]);
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(new OutboxCounters(1, 1, 1, 0, 0, TimeSpan.FromMinutes(5)), outbox.ReadCounters());
        }

        using var again = Open();
        Assert.Equal(new OutboxCounters(1, 1, 1, 0, 0, TimeSpan.FromMinutes(5)), again.ReadCounters());
        Assert.Equal(1, Assert.Single(again.Take(0, 10, long.MaxValue)).Attempts);
        Assert.Equal(1, again.Unpark());
        Assert.Equal(["m/2", "m/3"], again.Take(0, 10, long.MaxValue).Select(row => row.Message.Id));
    }

    [Fact]
    public void Published_rows_are_deleted_when_their_time_is_over_and_others_never()
    {
        using var outbox = Open(new() { PublishedKept = TimeSpan.FromDays(7) });
        outbox.Put(Message(1));
        Settle(outbox, OutboxState.Published);
        outbox.Put(Message(2));
        Settle(outbox, OutboxState.Parked);
        outbox.Put(Message(3));

        _clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, outbox.Purge());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, outbox.Purge());
        _clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(0, outbox.Purge());
        Assert.Equal((1, 0, 1), Figures(outbox));
    }

    [Fact]
    public void A_full_outbox_takes_nothing_and_says_so_until_there_is_room()
    {
        using var outbox = Open(new() { RowsMax = 3 });
        outbox.PutAll([Message(1), Message(2)], "kpi", 2);

        var full = Assert.Throws<OutboxException>(() => outbox.PutAll([Message(3), Message(4)], "kpi", 4));
        Assert.Equal(OutboxFault.Full, full.Fault);
        Assert.Equal(OutboxFault.Full, outbox.Trouble?.Fault);
        Assert.Equal(2, outbox.ReadPosition("kpi"));
        Assert.Equal((2, 0, 0), Figures(outbox));

        Settle(outbox, OutboxState.Published); // Both; they give way.
        outbox.PutAll([Message(3), Message(4)], "kpi", 4);
        Assert.Null(outbox.Trouble);
        Assert.Equal((2, 1, 0), Figures(outbox));
    }

    [Fact]
    public void A_budget_of_bytes_is_a_full_outbox_too()
    {
        using var outbox = Open(new() { BytesMax = 256 * 1024 });
        var (put, full) = FillUp(outbox);

        Assert.Equal(OutboxFault.Full, full.Fault);
        Assert.InRange(put, 10, 30);
        Assert.Equal(put, outbox.ReadPosition("kpi"));
        Assert.Equal(put, outbox.Take(0, 100, long.MaxValue).Count);
        Assert.InRange(new FileInfo(Path).Length, 0, 256 * 1024);

        Settle(outbox, OutboxState.Published);
        outbox.PutAll([Big(put)], "kpi", put + 1);
        Assert.Equal(put + 1, outbox.ReadPosition("kpi"));
    }

    [Fact]
    public async Task A_full_disk_is_a_state_and_nothing_is_lost()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root may mount a small disk.");
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
        try
        {
            var path = System.IO.Path.Combine(disk, "outbox.db");
            using var outbox = Outbox.Open(path, new(), _clock, NullLogger.Instance);
            var filler = System.IO.Path.Combine(disk, "filler");
            await File.WriteAllBytesAsync(filler, new byte[400 * 1024], TestContext.Current.CancellationToken);
            var (put, full) = FillUp(outbox);

            Assert.Equal(OutboxFault.Full, full.Fault);
            Assert.Equal(put, outbox.Take(0, 1_000, long.MaxValue).Count);
            File.Delete(filler);
            outbox.PutAll([Big(put)], "kpi", put + 1);
            Assert.Null(outbox.Trouble);
            Assert.Equal(put + 1, outbox.Take(0, 1_000, long.MaxValue).Count);
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [Fact]
    public void An_outbox_held_by_another_process_is_busy_and_then_works_again()
    {
        using var outbox = Open();
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            other.Open();
            using var hold = other.BeginTransaction(deferred: false);
            Assert.Equal(OutboxFault.Busy, Assert.Throws<OutboxException>(outbox.EnsureWritable).Fault);
            Assert.Equal(OutboxFault.Busy, outbox.Trouble?.Fault);
        }

        outbox.EnsureWritable();
        Assert.Null(outbox.Trouble);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_with_a_remedy()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<OutboxException>(() => Outbox.Open(
            System.IO.Path.Combine(_folder.File("file"), "outbox.db"), new(), _clock, NullLogger.Instance));
        Assert.Equal(OutboxFault.Unwritable, error.Fault);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_put()
    {
        using var outbox = Open();
        var waiting = outbox.WaitForQueuedAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        outbox.Put(Message(1));
        await waiting;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(ChildProcess.Find(program)!, arguments);
        await Eventually.TrueAsync(() => process.HasExited);
        Assert.True(process.ExitCode == 0, process.Output);
    }

    private static OutboxMessage Message(int number) =>
        new($"m/{number}", "edge/a", Encoding.UTF8.GetBytes($"{{\"n\":{number}}}"));

    private static (int Put, OutboxException Full) FillUp(Outbox outbox)
    {
        for (var put = 0; ; put++)
        {
            try
            {
                outbox.PutAll([Big(put)], "kpi", put + 1);
            }
            catch (OutboxException full)
            {
                return (put, full);
            }
        }
    }

    private static OutboxMessage Big(int number) => new($"m/{number}", "edge/a", new byte[10_000]);

    private static void Settle(Outbox outbox, OutboxState state) => outbox.Settle(
        [.. outbox.Take(0, 1_000, long.MaxValue).Select(row => new OutboxOutcome(row.Sequence, state, ""))]);

    private static (long Queued, long Published, long Parked) Figures(Outbox outbox) =>
        outbox.ReadCounters() is var counters ? (counters.Queued, counters.Published, counters.Parked) : default;

    private Outbox Open(OutboxLimits? limits = null) => Outbox.Open(Path, limits ?? new(), _clock, NullLogger.Instance);
}
