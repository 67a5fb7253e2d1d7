using EdgeAgent.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.Readers;
using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Topology;

/// <summary>
/// One running agent: every part of the data path, built by <see cref="AgentBuilder"/>, started from the sinks to the
/// sources and stopped from the sources to the sinks, so that nothing is ever handed to a part that does not run.
/// </summary>
internal sealed partial class Agent : IAsyncDisposable
{
    // A slow flash card needs seconds for the last fsync; systemd gives us 60 s in all.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stopSources = new();
    private readonly CancellationTokenSource _stopPumps = new();
    private readonly CancellationTokenSource _stopJournal = new();
    private readonly CancellationTokenSource _stopReaders = new();
    private readonly CancellationTokenSource _stopSinks = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log;

    // Used only by the one who starts and stops.
    private Task _sources = Task.CompletedTask;
    private Task _pumps = Task.CompletedTask;
    private Task _journal = Task.CompletedTask;
    private Task _readers = Task.CompletedTask;
    private Task _sinks = Task.CompletedTask;
    private bool _stopped;

    public Agent(ILogger<Agent> log) => _log = log;

    public required PlantConfig Config { get; init; }

    public required TimeProvider Clock { get; init; }

    public required TagTable Tags { get; init; }

    public required SampleJournal Journal { get; init; }

    public required IReadOnlyList<SourcePump> Sources { get; init; }

    public required KpiReader Kpis { get; init; }

    public required LatestValues Latest { get; init; }

    public required Outbox Outbox { get; init; }

    /// <summary>Null where nothing is published.</summary>
    public required MqttPublisher? Publisher { get; init; }

    /// <summary>Null where no time-series server is written to.</summary>
    public required TimeSeriesWriter? TimeSeries { get; init; }

    public required JournalCursor? TimeSeriesCursor { get; init; }

    /// <summary>Who the agent is to OPC UA servers; null where it reads none.</summary>
    public OwnCertificate? OwnCertificate { get; init; }

    public UtcTime StartedAt { get; private set; } = UtcTime.None;

    /// <summary>
    /// Completes, with the error, when a part has ended that should not have. Then the agent must be stopped.
    /// </summary>
    public Task Failed => _failed.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _sinks = Task.WhenAll(
            Watch("mqtt", Publisher?.RunAsync(_stopSinks.Token), _stopSinks.Token),
            Watch("time-series", TimeSeries?.RunAsync(_stopSinks.Token), _stopSinks.Token));
        _readers = Task.WhenAll(
            Watch("kpi", Kpis.RunAsync(_stopReaders.Token), _stopReaders.Token),
            Watch("latest", Latest.RunAsync(_stopReaders.Token), _stopReaders.Token));
        _journal = Watch("journal", Journal.RunAsync(_stopJournal.Token), _stopJournal.Token);

        // Up to here nothing was read: the sources account for every poll that falls due from now on.
        StartedAt = UtcTime.Now(Clock);
        if (Journal.Recovery.LastDurableTime is { IsNone: false } stopped && stopped < StartedAt)
        {
            await Journal.AppendAsync(
                new Gap(Gap.Everything, stopped, StartedAt, GapCause.AgentStopped), cancellationToken);
        }

        _pumps = Task.WhenAll(Sources.Select(
            pump => Watch(pump.Source.Name, pump.RunAsync(_stopPumps.Token), _stopSources.Token)));
        _sources = Task.WhenAll(Sources.Select(
            pump => Watch(pump.Source.Name, RunSourceAsync(pump), _stopSources.Token)));
        Log.Started(_log, Config.Agent.Id, Tags.Count, Sources.Count, Config.Hash);
    }

    /// <summary>Ends reading and makes everything captured durable. The readers and sinks go on.</summary>
    public async Task StopSourcesAsync()
    {
        await _stopSources.CancelAsync();
        await Finish(_sources, "sources", _stopSources);
        await Finish(_pumps, "pumps", _stopPumps);
        try
        {
            using var patience = new CancellationTokenSource(StopPatience);
            await Journal.FlushAsync(patience.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            Log.NotFlushed(_log, error.Message);
        }
    }

    /// <summary>Stops in the order of the data path. What is not sent by then stays in the outbox.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        await StopSourcesAsync();
        await _stopJournal.CancelAsync();
        await Finish(_journal, "journal", _stopJournal);
        await _stopReaders.CancelAsync();
        await Finish(_readers, "readers", _stopReaders);
        await _stopSinks.CancelAsync();
        await Finish(_sinks, "sinks", _stopSinks);
        var journal = Journal.Status();
        Log.Stopped(
            _log, Sources.Sum(source => source.Queue.CapturedSamples), journal.DurableSamples, journal.NextSequence);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Kpis.Dispose();
        TimeSeriesCursor?.Dispose();
        Journal.Dispose();
        Outbox.Dispose();
        OwnCertificate?.Dispose();
        foreach (var source in (CancellationTokenSource[])
            [_stopSources, _stopPumps, _stopJournal, _stopReaders, _stopSinks])
        {
            source.Dispose();
        }
    }

    private async Task RunSourceAsync(SourcePump pump)
    {
        try
        {
            await pump.Source.RunAsync(pump.Queue, _stopSources.Token);
        }
        finally
        {
            pump.Queue.Complete();
        }
    }

    /// <summary>
    /// The one place where a part's unexpected end is noticed. We no longer believe our own state then: the agent stops
    /// and its supervisor starts it anew from what is durable.
    /// </summary>
    private async Task Watch(string part, Task? run, CancellationToken stop)
    {
        if (run is null)
        {
            return;
        }

        try
        {
            await run;
            if (!stop.IsCancellationRequested)
            {
                throw new InvalidOperationException("It ended without having been told to.");
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            Log.PartFailed(_log, part, error);
            _failed.TrySetException(error);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task Finish(Task parts, string name, CancellationTokenSource cancellation)
    {
        try
        {
            await parts.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            Log.SlowToStop(_log, name, StopPatience);
            await cancellation.CancelAsync();
        }
    }
}
