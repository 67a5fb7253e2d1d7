using System.Text;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.SystemTests.Peers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>An outbox and a publisher that runs, as in the agent, with short retries.</summary>
internal sealed class PublisherRig : IAsyncDisposable
{
    public static readonly RetrySchedule QuickRetry = new()
    {
        DelayMin = TimeSpan.FromMilliseconds(20),
        DelayMax = TimeSpan.FromMilliseconds(200),
        Jitter = 0,
    };

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public PublisherRig(MqttEndpoint endpoint, RetrySchedule? retry = null)
    {
        Outbox = Outbox.Open(_folder.File("outbox.db"), new(), TimeProvider.System, NullLogger.Instance);
        Publisher = new(Outbox, endpoint, retry ?? QuickRetry, TimeProvider.System, () => 0, NullLogger.Instance);
        _running = Publisher.RunAsync(_stop.Token);
    }

    public Outbox Outbox { get; }

    public MqttPublisher Publisher { get; }

    public static MqttEndpoint Plain(int port) => new() { Host = "127.0.0.1", Port = port, ClientId = "agent1" };

    public static OutboxMessage Message(int number, string topic = "edge/agent1/kpi") =>
        new($"kpi/{number}", topic, Encoding.UTF8.GetBytes($"{{\"id\":\"kpi/{number}\",\"value\":{number}}}"));

    /// <summary>Puts messages first to last, as the KPI reader would.</summary>
    public void Put(int first, int count, string topic = "edge/agent1/kpi") =>
        Outbox.PutAll(
            [.. Enumerable.Range(first, count).Select(number => Message(number, topic))], "kpi", first + count);

    /// <summary>Writes a secret to a file and gives its path.</summary>
    public string Secret(string text) => WriteSecret(_folder, text);

    public static string WriteSecret(TempFolder folder, string text)
    {
        var path = folder.File("secret-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text + "\n");
        return path;
    }

    public Task PublishedAsync(long count) => Eventually.TrueAsync(
        () => Outbox.ReadCounters().Published == count, () => $"{Outbox.ReadCounters()} {Publisher.Status}");

    public Task StateAsync(PublisherState state) => Eventually.TrueAsync(
        () => Publisher.Status.State == state, () => $"{Publisher.Status}");

    /// <summary>Takes the write lock of the outbox's file, as another program would, until disposed.</summary>
    public IDisposable HoldDatabase()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File("outbox.db")};Pooling=False");
        connection.Open();
        connection.BeginTransaction(deferred: false);
        return connection;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Outbox.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }
}
