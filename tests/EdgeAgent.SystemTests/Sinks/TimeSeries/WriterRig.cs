using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.SystemTests.Sinks.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Sinks.TimeSeries;

/// <summary>A writer that runs over a small journal, as in the agent, with short waits.</summary>
internal sealed class WriterRig : IAsyncDisposable
{
    public static readonly UtcTime Start = UtcTime.From(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static readonly TagTable Tags = new(
    [
        new() { Id = "温度", DeviceId = "1号窑", Kind = ValueKind.Float64 },
        new() { Id = "count", DeviceId = "press 2,a=b", Kind = ValueKind.Int64 },
        new() { Id = "running", DeviceId = "press", Kind = ValueKind.Boolean },
        new() { Id = "order", DeviceId = "press", Kind = ValueKind.Text },
    ]);

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WriteClient _client;
    private readonly Task _running;

    public WriterRig(Uri url, Func<WriteTarget, WriteTarget>? adjust = null)
    {
        var target = new WriteTarget
        {
            Url = url,
            Org = "plant",
            Bucket = "edge",
            Linger = TimeSpan.FromMilliseconds(20),
            RejectFile = _folder.File("rejected.lp"),
            TokenFile = _folder.File("token"),
        };
        File.WriteAllText(target.TokenFile, "s3cret-token\n");
        Target = adjust is null ? target : adjust(target);
        _client = new(Target, WriteClient.CreateTransport(), TimeProvider.System);
        Writer = new(
            Cursor, Target, _client, PublisherRig.QuickRetry, TimeProvider.System, () => 0, NullLogger.Instance);
        _running = Writer.RunAsync(_stop.Token);
    }

    public WriteTarget Target { get; }

    public MemoryCursor Cursor { get; } = new(Tags);

    public TimeSeriesWriter Writer { get; }

    public string[] Rejected => File.Exists(Target.RejectFile) ? File.ReadAllLines(Target.RejectFile) : [];

    /// <summary>Appends one batch of floats, one a millisecond.</summary>
    public void AppendNumbers(int first, int count) => Cursor.Append(batch =>
    {
        for (var i = first; i < first + count; i++)
        {
            batch.Add(0, UtcTime.None, UtcTime.None, Start + TimeSpan.FromMilliseconds(i), default, Sample.BitsOf(i));
        }
    });

    public Task AllCommittedAsync() => Eventually.TrueAsync(
        () => Cursor.Committed == Cursor.End, () => $"{Cursor.Committed} of {Cursor.End}, {Writer.Status}");

    public Task StateAsync(WriterState state) => Eventually.TrueAsync(
        () => Writer.Status.State == state, () => Writer.Status.ToString());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }
}
