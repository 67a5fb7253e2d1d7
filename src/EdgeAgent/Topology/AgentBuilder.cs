using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal;
using EdgeAgent.OpcUa;
using EdgeAgent.Readers;
using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.Sinks.TimeSeries;
using JournalConfig = EdgeAgent.Journal.JournalConfig;

namespace EdgeAgent.Topology;

/// <summary>Builds an agent from its configuration: the data path as a list of constructors, sinks first.</summary>
internal static class AgentBuilder
{
    /// <param name="config">A configuration that was checked.</param>
    /// <param name="clock">The clock of the plant: samples, periods and timers.</param>
    /// <param name="periods">Which periods are published.</param>
    /// <param name="logs">Where the parts log.</param>
    /// <exception cref="JournalUnavailableException">The data folder cannot be used; the message says why.</exception>
    /// <exception cref="OutboxException">Likewise.</exception>
    /// <exception cref="OpcUaException">The agent's own certificate cannot be used; the message says why.</exception>
    public static Agent Build(
        PlantConfig config, TimeProvider clock, IReadOnlySet<PeriodKind> periods, ILoggerFactory logs)
    {
        var tags = ModelBuilder.Tags(config);
        var model = ModelBuilder.Kpi(config);
        var folder = config.Resolve(config.Agent.DataFolder);

        var journal = OpenJournal(config, folder, tags, clock, logs);
        Outbox? outbox = null;
        var sources = new SourceBuilder(config, tags, journal, clock, logs);
        try
        {
            outbox = Outbox.Open(
                Path.Combine(folder, "outbox.db"), new OutboxLimits(), clock, logs.CreateLogger<Outbox>());
            var kpis = new KpiReader(
                model,
                journal,
                outbox,
                new KpiSnapshotFile(Path.Combine(folder, "kpi", "snapshot.bin"), journal.Recovery.Epoch),
                new KpiMessages(config.Agent.Mqtt?.TopicPrefix ?? "", config.Agent.Id),
                KpiPublication.Of(model, config.Agent.Mqtt is null ? new HashSet<PeriodKind>() : periods),
                new Pulse("kpi", Pulse.StuckAfter, clock),
                clock,
                logs.CreateLogger<KpiReader>());
            var series = config.Agent.TimeSeries is null ? null : journal.OpenCursor("time-series");
            return new(logs.CreateLogger<Agent>())
            {
                Config = config,
                Clock = clock,
                Tags = tags,
                Journal = journal,
                Outbox = outbox,
                Kpis = kpis,
                Latest = new(tags, journal),
                TimeSeriesCursor = series,
                TimeSeries = series is null ? null : OpenTimeSeries(config, folder, series, clock, logs),
                Publisher = config.Agent.Mqtt is null ? null : OpenPublisher(config, outbox, clock, logs),
                Sources = sources.Build(),
                OwnCertificate = sources.OwnCertificate,
            };
        }
        catch
        {
            sources.OwnCertificate?.Dispose();
            outbox?.Dispose();
            journal.Dispose();
            throw;
        }
    }

    private static SampleJournal OpenJournal(
        PlantConfig config, string folder, TagTable tags, TimeProvider clock, ILoggerFactory logs)
    {
        var log = new JournalLog(logs.CreateLogger<SampleJournal>());
        var written = config.Agent.Journal;
        var journal = SampleJournal.Open(
            new JournalConfig
            {
                Folder = Path.Combine(folder, "journal"),
                SegmentBytes = written.SegmentBytes,
                CommitInterval = written.CommitInterval,
                CommitBytes = written.CommitBytes,
                RetentionBytes = written.RetentionBytes,
                RetentionAge = written.RetentionAge,
                BudgetBytes = written.BudgetBytes,
            },
            tags,
            clock,
            log.Write);
        log.Write(journal.Recovery);
        return journal;
    }

    private static MqttPublisher OpenPublisher(
        PlantConfig config, Outbox outbox, TimeProvider clock, ILoggerFactory logs)
    {
        var written = config.Agent.Mqtt!;
        var endpoint = new MqttEndpoint
        {
            Host = written.Host,
            Port = written.Port,
            ClientId = written.ClientId ?? config.Agent.Id,
            User = written.User,
            PasswordFile = Resolve(config, written.PasswordFile),
            InFlightMax = written.InFlight,
            Tls = written.Tls is not { } tls ? null : new()
            {
                CaFile = Resolve(config, tls.Ca),
                CertificateFile = Resolve(config, tls.Certificate),
                KeyFile = Resolve(config, tls.Key),
            },
        };
        return new(outbox, endpoint, new RetrySchedule(), clock, Jitter.Draw, logs.CreateLogger<MqttPublisher>());
    }

    private static TimeSeriesWriter OpenTimeSeries(
        PlantConfig config, string folder, JournalCursor cursor, TimeProvider clock, ILoggerFactory logs)
    {
        var written = config.Agent.TimeSeries!;
        var target = new WriteTarget
        {
            Url = written.Url,
            Org = written.Org.Length == 0 ? null : written.Org,
            Bucket = written.Bucket,
            TokenFile = Resolve(config, written.TokenFile),
            RejectFile = Path.Combine(folder, "time-series-rejected.txt"),
        };
        return new(
            new TimeSeriesCursor(cursor),
            target,
            new WriteClient(target, WriteClient.CreateTransport(), clock),
            new RetrySchedule(),
            clock,
            Jitter.Draw,
            logs.CreateLogger<TimeSeriesWriter>());
    }

    private static string? Resolve(PlantConfig config, string? path) => path is null ? null : config.Resolve(path);
}
