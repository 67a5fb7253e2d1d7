using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;
using StatusCode = EdgeAgent.OpcUa.StatusCode;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Reads all tags of one OPC UA server. The feed below does everything with the server; here its values become samples,
/// its losses gaps, and its changes of state lines in the log and a sentence for people.
/// </summary>
internal sealed partial class OpcUaSource : IReportingSource, IRunnerEvents
{
    // What was said of single tags waits no longer than a commit of the journal does.
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    // A tag is silent when not even its third confirming reading has come: the KPI engine holds a value as long.
    private const int ConfirmsUntilSilent = 3;

    private readonly OpcUaEndpoint _endpoint;
    private readonly TagTable _table;
    private readonly SampleBatchPool _pool;
    private readonly OpcUaConnection? _connection;
    private readonly Func<OpcUaSink, IRunnerEvents, IValueFeed> _feedOf;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private volatile IValueFeed? _feed;
    private volatile OpcUaSink? _sink;
    private volatile string? _trouble;
    private StatusCode _failure;

    /// <param name="endpoint">What to read.</param>
    /// <param name="table">What the tag indexes refer to.</param>
    /// <param name="pool">Where batches come from.</param>
    /// <param name="connection">What opens sessions, to be looked at; null where a test feeds.</param>
    /// <param name="feedOf">Makes what gets the values.</param>
    /// <param name="clock">Wall clock and timers.</param>
    /// <param name="logger">One line for each change of state.</param>
    public OpcUaSource(
        OpcUaEndpoint endpoint, TagTable table, SampleBatchPool pool, OpcUaConnection? connection,
        Func<OpcUaSink, IRunnerEvents, IValueFeed> feedOf, TimeProvider clock, ILogger logger)
    {
        _endpoint = endpoint;
        _table = table;
        _pool = pool;
        _connection = connection;
        _feedOf = feedOf;
        _clock = clock;
        _logger = logger;
    }

    public string Name => _endpoint.Name;

    public OpcUaCounters Counters { get; } = new();

    /// <summary>What the feed has done; null before the start.</summary>
    public RunnerCounters? FeedCounters => _feed?.Counters;

    public TimeSpan? ClockOffset => _connection?.ClockOffset;

    /// <summary>Bytes sent and received over all channels.</summary>
    public (long Sent, long Received) Bytes => _connection?.Bytes ?? default;

    public int SilentCount => _sink?.Silent.Count ?? 0;

    public string? Trouble => _trouble ?? SilentCount switch
    {
        0 => null,
        var count => $"connected, but {count} tags say nothing; see the log",
    };

    public SourceFigures Figures => new(
        StateText, Counters.Bad, (FeedCounters?.Messages ?? 0) + (FeedCounters?.Polls ?? 0),
        Counters.Overflows + Counters.Lost, ClockOffset);

    public async Task RunAsync(SourceQueue output, CancellationToken cancellationToken)
    {
        var sink = new OpcUaSink(
            Name, _endpoint.Tags, _table, _pool, output, Counters, _clock, _logger);
        _sink = sink;
        var feed = _feedOf(sink, this);
        _feed = feed;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flushing = FlushAsync(sink, stopping.Token);
        try
        {
            await feed.RunAsync(cancellationToken);
        }
        finally
        {
            await stopping.CancelAsync();
            await flushing;
            sink.WriteSilence(sink.Silent.RemoveAll(), UtcTime.Now(_clock));
            sink.Flush();
        }
    }

    void IRunnerEvents.StateChanged(RunnerState state, OpcUaException? reason)
    {
        if (state is RunnerState.Subscribed or RunnerState.Polling)
        {
            _trouble = null;
            _failure = default;
        }

        if (reason is not null)
        {
            _trouble = Sentence(reason);
            LogLost(_logger, Name, _trouble);
        }
        else
        {
            LogState(_logger, Name, TextOf(state));
        }
    }

    void IRunnerEvents.ConnectFailed(int failuresInARow, OpcUaException reason, TimeSpan next)
    {
        _trouble = Sentence(reason);
        if (failuresInARow == 1 || reason.Status != _failure)
        {
            LogNotConnected(_logger, Name, _trouble);
        }

        _failure = reason.Status;
    }

    void IRunnerEvents.ProfileChosen(ServerProfile profile, BuildInfo server) => LogServer(
        _logger, Name, server.ProductName, server.ManufacturerName, server.SoftwareVersion, profile.Name);

    void IRunnerEvents.ServerStateChanged(ServerState state, TimeSpan untilShutdown)
    {
        var text = state == ServerState.Shutdown
            ? $"it stops in {untilShutdown.TotalSeconds:F0} s" : $"its state is {state}";
        LogServerState(_logger, Name, text);
    }

    void IRunnerEvents.FilterRefused(uint handle, StatusCode status) =>
        LogFilterRefused(_logger, Name, NamesOf([handle]), status.ToString());

    void IRunnerEvents.Revised(IReadOnlyList<uint> handles, TimeSpan sampling, uint queueSize) =>
        LogRevised(_logger, Name, handles.Count, sampling.TotalMilliseconds, queueSize, NamesOf(handles));

    void IRunnerEvents.TagsSilent(IReadOnlyList<uint> handles)
    {
        _sink!.Silent.Add(handles, UtcTime.Now(_clock) - SilentAfter(_endpoint.ConfirmAfter));
        LogSilent(_logger, Name, handles.Count, NamesOf(handles));
    }

    void IRunnerEvents.TagsSpeak(IReadOnlyList<uint> handles)
    {
        _sink!.WriteSilence(_sink.Silent.Remove(handles), UtcTime.Now(_clock));
        LogSpeak(_logger, Name, handles.Count, NamesOf(handles));
    }

    /// <summary>How long nothing may be heard of a tag before that is worth saying.</summary>
    public static TimeSpan SilentAfter(TimeSpan confirmAfter) => confirmAfter * ConfirmsUntilSilent;

    private string StateText => _feed is { } feed ? TextOf(feed.State) : "starting";

    private static string TextOf(RunnerState state) => state switch
    {
        RunnerState.Connecting => "connecting",
        RunnerState.Preparing => "preparing",
        RunnerState.Subscribed => "reading",
        RunnerState.Polling => "polling",
        _ => "stopped",
    };

    // The name of the code and what was found come from the leaf; what to do often does, and else from here.
    private static string Sentence(OpcUaException error) =>
        error.Message.Contains("edgeagent certs", StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message.TrimEnd('.')}: {OpcUaRemedy.OfConnection(new(error.Status.Value))}";

    private async Task FlushAsync(OpcUaSink sink, CancellationToken stopping)
    {
        try
        {
            using var timer = new PeriodicTimer(FlushInterval, _clock);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                sink.Flush();
                _connection?.Observe();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The source ends.
        }
    }

    private string NamesOf(IReadOnlyList<uint> handles) => _sink!.NamesOf(handles);
}
