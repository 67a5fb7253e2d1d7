using System.Net;
using System.Text.Json.Nodes;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Readers;
using EdgeAgent.Sinks;
using EdgeAgent.Sources;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.Topology;
using EdgeAgent.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using JournalConfig = EdgeAgent.Journal.JournalConfig;

namespace EdgeAgent.SystemTests.Host;

/// <summary>An agent on a disk whose fsync may stop returning, as that of a dying flash card does.</summary>
public sealed class StuckTests
{
    [Fact]
    public async Task An_fsync_that_does_not_return_is_told_as_stuck_and_no_longer_when_it_has()
    {
        await using var rig = await Rig.StartAsync();
        await rig.IsAsync(HttpStatusCode.OK, "ok");

        rig.Disk.Hang();
        await Eventually.TrueAsync(() => rig.Disk.IsHanging);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await rig.IsAsync(HttpStatusCode.OK, "ok");
        rig.Clock.Skip(Pulse.StuckAfter + TimeSpan.FromSeconds(1));
        await rig.IsAsync(HttpStatusCode.ServiceUnavailable, "stuck", "journal: nothing has become durable for");

        rig.Disk.GoOn();
        await rig.IsAsync(HttpStatusCode.OK, "ok");
    }

    [Fact]
    public async Task A_part_that_ends_by_itself_is_told_as_stuck_and_ends_the_agent()
    {
        await using var rig = await Rig.StartAsync();

        rig.Source.End();

        await Eventually.TrueAsync(() => rig.Agent.Failed.IsCompleted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Agent.Failed);
        await rig.IsAsync(HttpStatusCode.ServiceUnavailable, "stuck", "part of the agent has failed");
    }

    /// <summary>The data path put together by hand, because the real one opens a real disk.</summary>
    private sealed class Rig : IAsyncDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly HttpClient _http = new();
        private WebApplication? _web;
        private string _last = "";

        public HangingDisk Disk { get; } = new();

        public SkippingClock Clock { get; } = new();

        public CountingSource Source { get; private set; } = null!;

        public Agent Agent { get; private set; } = null!;

        public static async Task<Rig> StartAsync()
        {
            var rig = new Rig();
            await rig.BuildAsync();
            return rig;
        }

        public Task IsAsync(HttpStatusCode code, string word, string reason = "") => Eventually.TrueAsync(
            async () =>
            {
                using var answer = await _http.GetAsync(new Uri("healthz", UriKind.Relative));
                _last = await answer.Content.ReadAsStringAsync();
                var health = JsonNode.Parse(_last)!;
                return answer.StatusCode == code && health["health"]!.GetValue<string>() == word
                    && health["reasons"]!.AsArray().Select(told => told!.GetValue<string>()).Append("")
                        .Any(told => told.Contains(reason, StringComparison.Ordinal));
            },
            () => _last);

        public async ValueTask DisposeAsync()
        {
            Disk.GoOn();
            await Agent.DisposeAsync();
            await _web!.DisposeAsync();
            _http.Dispose();
            _folder.Dispose();
        }

        private async Task BuildAsync()
        {
            // Where the configuration comes from does not matter here: the only source is a double.
            var config = ConfigFolder.Load(Path.Combine(Repository.Root, "config")).Config!;
            var tags = ModelBuilder.Tags(config);
            var model = ModelBuilder.Kpi(config);
            var settings = new JournalConfig { Folder = _folder.File("journal") };
            var journal = SampleJournal.OpenOn(Disk, settings, tags, Clock);
            var outbox = Outbox.Open(_folder.File("outbox.db"), new(), Clock, NullLogger.Instance);
            Source = new(tags);
            Agent = new(NullLogger<Agent>.Instance)
            {
                Config = config,
                Clock = Clock,
                Tags = tags,
                Journal = journal,
                Sources = [new(Source, new SourceQueue(64), journal, new Pulse(Source.Name, Pulse.StuckAfter, Clock))],
                Kpis = new(
                    model, journal, outbox, new(_folder.File("snapshot.bin"), journal.Recovery.Epoch), new("edge", "a"),
                    KpiPublication.Of(model, new HashSet<PeriodKind>()), new Pulse("kpi", Pulse.StuckAfter, Clock),
                    Clock, NullLogger<KpiReader>.Instance),
                Latest = new(tags, journal),
                Outbox = outbox,
                Publisher = null,
                TimeSeries = null,
                TimeSeriesCursor = null,
            };
            _web = AgentWeb.Build(Agent, IPAddress.Loopback, port: 0, NullLoggerFactory.Instance);
            await _web.StartAsync(TestContext.Current.CancellationToken);
            _http.BaseAddress = new(AgentWeb.AddressOf(_web));
            await Agent.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Real time that can be moved on at once.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private long _skipped;

        public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _skipped));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() =>
            System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _skipped);
    }

    /// <summary>One sample every few milliseconds until told to end.</summary>
    private sealed class CountingSource(TagTable tags) : IReportingSource
    {
        private readonly SampleBatchPool _pool = new(16, 16);
        private readonly CancellationTokenSource _end = new();

        public string Name => "counting";

        public string? Trouble => null;

        public SourceFigures Figures => new("counting", 0, 0, 0);

        public void End() => _end.Cancel();

        public async Task RunAsync(SourceQueue output, CancellationToken cancellationToken)
        {
            for (var count = 0L; !_end.IsCancellationRequested; count++)
            {
                var batch = _pool.Rent(tags);
                batch.Add(0, UtcTime.None, UtcTime.None, UtcTime.Now(TimeProvider.System), StatusCode.Good, count);
                await output.WriteAsync(batch, cancellationToken);
                await Task.Delay(5, cancellationToken);
            }
        }
    }

    private sealed class HangingDisk : IFileSystem
    {
        private readonly DiskFileSystem _disk = new();
        private readonly ManualResetEventSlim _mayReturn = new(initialState: true);
        private int _hanging;

        public bool IsHanging => Volatile.Read(ref _hanging) > 0;

        public void Hang() => _mayReturn.Reset();

        public void GoOn() => _mayReturn.Set();

        public void CreateFolder(string folder) => _disk.CreateFolder(folder);

        public IReadOnlyList<string> List(string folder) => _disk.List(folder);

        public IStoredFile Create(string path) => new HangingFile(this, _disk.Create(path));

        public IStoredFile Open(string path, bool forWriting) => new HangingFile(this, _disk.Open(path, forWriting));

        public void Rename(string from, string to) => _disk.Rename(from, to);

        public void Delete(string path) => _disk.Delete(path);

        public void SyncFolder(string folder) => _disk.SyncFolder(folder);

        public long AvailableBytes(string folder) => _disk.AvailableBytes(folder);

        public IDisposable? TryLock(string path) => _disk.TryLock(path);

        public string ReadLock(string path) => _disk.ReadLock(path);

        private void Wait()
        {
            Interlocked.Increment(ref _hanging);
            _mayReturn.Wait();
            Interlocked.Decrement(ref _hanging);
        }

        private sealed class HangingFile(HangingDisk disk, IStoredFile file) : IStoredFile
        {
            public long Length => file.Length;

            public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

            public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

            public void Truncate(long length) => file.Truncate(length);

            public void Flush()
            {
                disk.Wait();
                file.Flush();
            }

            public void Dispose() => file.Dispose();
        }
    }
}
