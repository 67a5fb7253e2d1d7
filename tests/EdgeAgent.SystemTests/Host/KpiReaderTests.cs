using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Readers;
using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.Topology;
using Microsoft.Extensions.Logging.Abstractions;
using JournalConfig = EdgeAgent.Journal.JournalConfig;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The KPI reader over a real journal, outbox and snapshot, through restarts and losses of each.</summary>
public sealed class KpiReaderTests : IDisposable
{
    // Every plant figure of a minute.
    private static readonly int PerMinute = KpiCatalogue.All.Length;

    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_period_is_published_once_it_is_final_and_not_again_after_restarts()
    {
        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(fromSecond: 0, toSecond: 69);
            Assert.Empty(session.Ids());
            await session.FeedAsync(70, 75);
            Assert.Equal(PerMinute, session.Ids().Length);
            Assert.Equal(Minute(0), session.Reader.LatestFinal(PeriodKind.Minute));
            Assert.Null(session.Reader.LatestFinal(PeriodKind.Hour));
        }

        await using (var session = Session.Start(_folder))
        {
            Assert.Equal(Minute(0), session.Reader.LatestFinal(PeriodKind.Minute));
            await session.FeedAsync(76, 200);
            Assert.Equal(3 * PerMinute, session.Ids().Length);
            Assert.Equal(Minute(2), session.Reader.LatestFinal(PeriodKind.Minute));
        }
    }

    [Fact]
    public async Task Results_that_a_full_outbox_refused_are_published_after_the_restart()
    {
        await using (var session = Session.Start(_folder, new OutboxLimits { RowsMax = PerMinute }))
        {
            await session.FeedAsync(0, 75);
            await session.AppendAsync(76, 140);
            await Eventually.TrueAsync(() => session.Outbox.ReadCounters().Queued == PerMinute);
        }

        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(141, 142);
            Assert.Equal(2 * PerMinute, session.Ids().Length);
        }
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("deleted")]
    [InlineData("older than the reader's position")]
    public async Task Without_a_snapshot_to_trust_the_journal_gives_the_same_figures_and_nothing_is_published_twice(
        string loss)
    {
        var snapshot = _folder.File("snapshot.bin");
        byte[] old = [];
        KpiResult before;
        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(0, 100);
        }

        old = File.ReadAllBytes(snapshot);
        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(101, 300);
            before = session.Reader.Compute(KpiCatalogue.EquipmentNetworking, KpiScope.Plant, Minute(3));
        }

        var bytes = File.ReadAllBytes(snapshot);
        bytes[bytes.Length / 2] ^= 1;
        switch (loss)
        {
            case "damaged":
                File.WriteAllBytes(snapshot, bytes);
                break;
            case "deleted":
                File.Delete(snapshot);
                break;
            default:
                File.WriteAllBytes(snapshot, old);
                break;
        }

        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(301, 302);
            var after = session.Reader.Compute(KpiCatalogue.EquipmentNetworking, KpiScope.Plant, Minute(3));
            Assert.Equal(before.Value, after.Value);
            Assert.Equal(before.Coverage, after.Coverage);
            Assert.Equal(4 * PerMinute, session.Ids().Length);
        }
    }

    [Fact]
    public async Task A_new_journal_begins_anew_and_its_results_are_published()
    {
        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(0, 300);
        }

        // A person makes room by deleting the journal and leaves the rest.
        Directory.Delete(_folder.File("journal"), recursive: true);
        await using (var session = Session.Start(_folder))
        {
            await session.FeedAsync(3_600, 3_675);
            Assert.Equal(5 * PerMinute, session.Ids().Length);
            Assert.Equal(Minute(60), session.Reader.LatestFinal(PeriodKind.Minute));
        }
    }

    [Fact]
    public async Task Looking_at_any_period_at_any_time_changes_no_figure()
    {
        await using var session = Session.Start(_folder);
        await session.FeedAsync(0, 75);
        var now = session.Reader.Compute(KpiCatalogue.EquipmentNetworking, KpiScope.Plant, Minute(1));
        foreach (var kpi in KpiCatalogue.All)
        {
            session.Reader.Compute(kpi, KpiScope.Plant, KpiPeriod.Span(Minute(0).From, Minute(100_000).To));
        }

        var again = session.Reader.Compute(KpiCatalogue.EquipmentNetworking, KpiScope.Plant, Minute(1));
        Assert.Equal(now.Value, again.Value);
        Assert.Equal(now.Coverage, again.Coverage);
    }

    private static KpiPeriod Minute(int minute) => new(
        PeriodKind.Minute, UtcTime.From(Eight.AddMinutes(minute)), UtcTime.From(Eight.AddMinutes(minute + 1)));

    /// <summary>From a start to a clean stop.</summary>
    private sealed class Session : IAsyncDisposable
    {
        private static readonly KpiModel Model = new()
        {
            Calendar = new() { Shifts = [new("all day", new(0, 0), new(0, 0), Shift.EveryDay)] },
            Ledger = [new() { Id = "m", Source = "line" }],
            Tags = [new() { Id = "m.count", DeviceId = "m", Kind = ValueKind.Int64 }],
        };

        private static readonly TagTable Tags = new(Model.Tags);

        private readonly SampleBatchPool _pool = new(4, 16);
        private readonly CancellationTokenSource _stopJournal = new();
        private readonly CancellationTokenSource _stopReader = new();
        private readonly SampleJournal _journal;
        private Task _journalRun = Task.CompletedTask;
        private Task _readerRun = Task.CompletedTask;

        private Session(TempFolder folder, OutboxLimits limits)
        {
            var settings = new JournalConfig
            {
                Folder = folder.File("journal"),
                CommitInterval = TimeSpan.FromMilliseconds(10),
                BallastBytes = 0,
            };
            _journal = SampleJournal.Open(settings, Tags, TimeProvider.System);
            Outbox = Outbox.Open(folder.File("outbox.db"), limits, TimeProvider.System, NullLogger.Instance);
            Reader = new(
                Model, _journal, Outbox, new(folder.File("snapshot.bin"), _journal.Recovery.Epoch), new("edge", "a"),
                KpiPublication.Of(Model, new HashSet<PeriodKind> { PeriodKind.Minute }),
                new("kpi", Pulse.StuckAfter, TimeProvider.System), TimeProvider.System, NullLogger<KpiReader>.Instance);
        }

        public Outbox Outbox { get; }

        public KpiReader Reader { get; }

        public static Session Start(TempFolder folder, OutboxLimits? limits = null)
        {
            var session = new Session(folder, limits ?? new());
            session._journalRun = session._journal.RunAsync(session._stopJournal.Token);
            session._readerRun = session.Reader.RunAsync(session._stopReader.Token);
            return session;
        }

        /// <summary>One sample every second, then waits until they are computed.</summary>
        public async Task FeedAsync(int fromSecond, int toSecond)
        {
            await AppendAsync(fromSecond, toSecond);
            await Eventually.TrueAsync(() => Reader.Backlog == 0);
        }

        public async Task AppendAsync(int fromSecond, int toSecond)
        {
            for (var second = fromSecond; second <= toSecond; second++)
            {
                var batch = _pool.Rent(Tags);
                batch.Add(
                    0, UtcTime.None, UtcTime.None, UtcTime.From(Eight.AddSeconds(second)), StatusCode.Good, second);
                await _journal.AppendAsync(batch, TestContext.Current.CancellationToken);
            }

            await _journal.FlushAsync(TestContext.Current.CancellationToken);
        }

        /// <summary>The ids of all messages so far, each once or the test fails.</summary>
        public string[] Ids()
        {
            string[] ids = [.. Outbox.Take(0, int.MaxValue, long.MaxValue).Select(row => row.Message.Id)];
            Assert.Equal(ids.Distinct(), ids);
            return ids;
        }

        public async ValueTask DisposeAsync()
        {
            await _stopJournal.CancelAsync();
            await _journalRun;
            await _stopReader.CancelAsync();
            await _readerRun;
            Reader.Dispose();
            _journal.Dispose();
            Outbox.Dispose();
            _stopJournal.Dispose();
            _stopReader.Dispose();
        }
    }
}
