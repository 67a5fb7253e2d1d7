using System.Net;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources;
using EdgeAgent.Sources.Modbus;
using EdgeAgent.Sources.OpcUa;

namespace EdgeAgent.Topology;

/// <summary>Builds the sources of an agent, each with its queue and the pump behind it.</summary>
internal sealed class SourceBuilder(
    PlantConfig config, TagTable tags, SampleJournal journal, TimeProvider clock, ILoggerFactory logs)
{
    // A minute of polls at full rate: longer than any honest pause of the disk, shorter than what memory bears.
    private const int ModbusQueueCapacity = 64;

    // Rows of one poll of the biggest line that is still polled every second.
    private const int BatchRows = 512;

    // Batches kept for reuse: what the queues, the journal's memory and its readers hold in normal running.
    private const int BatchesRetained = 1024;

    private readonly SampleBatchPool _pool = new(BatchRows, BatchesRetained);

    /// <summary>Who the agent is to OPC UA servers; null where it reads none. Owned by who builds.</summary>
    public OwnCertificate? OwnCertificate { get; private set; }

    /// <exception cref="OpcUaException">The agent's own certificate cannot be used.</exception>
    /// <exception cref="IOException">
    /// The certificates cannot be kept; also <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    public List<SourcePump> Build() => [.. Modbus(), .. OpcUa()];

    private IEnumerable<SourcePump> Modbus() =>
        from endpoint in ModbusEndpoints.Of(config, tags)
        let source = new ModbusSource(
            endpoint, tags, _pool, new RetrySchedule(), Jitter.Draw, clock, logs.CreateLogger<ModbusSource>())
        select Pump(source, ModbusQueueCapacity);

    private IEnumerable<SourcePump> OpcUa()
    {
        var endpoints = OpcUaEndpoints.Of(config, tags).ToArray();
        if (endpoints.Length == 0)
        {
            return [];
        }

        var store = CertificateStore.Open(Path.Combine(config.Resolve(config.Agent.DataFolder), "pki"));
        var host = Dns.GetHostName();
        var own = store.OpenOwn(
            new() { ApplicationName = "EdgeAgent", InstanceId = config.Agent.Id, HostNames = [host] }, clock);
        OwnCertificate = own;
        return endpoints.Select(endpoint => Pump(OpcUa(endpoint, own, store), BatchWriter.QueueCapacity));
    }

    private OpcUaSource OpcUa(OpcUaEndpoint endpoint, OwnCertificate own, CertificateStore store)
    {
        var log = logs.CreateLogger<OpcUaSource>();
        var connection = new OpcUaConnection(endpoint, own, store, clock, log);
        return new(endpoint, tags, _pool, connection, Feed, clock, log);

        RunnerFeed Feed(OpcUaSink sink, IRunnerEvents events) => new(new SubscriptionRunner(
            async cancellationToken =>
            {
                var (session, types) = await connection.OpenAsync(cancellationToken);
                sink.Types = types;
                return session;
            },
            OpcUaEndpoints.Monitored(endpoint), endpoint.Subscription, sink, clock, events));
    }

    private SourcePump Pump(IReportingSource source, int capacity) => new(
        source, new SourceQueue(capacity), journal, new Pulse(source.Name, Pulse.StuckAfter, clock));
}
