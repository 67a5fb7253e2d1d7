using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Sinks.Mqtt;

/// <summary>
/// Empties the outbox into a broker: oldest first, QoS 1, at most a window of messages unacknowledged. What is not
/// acknowledged is sent again as a new PUBLISH, so a receiver may see a message twice and tells it by its id.
/// <para>
/// <see cref="RunAsync"/> is called once and runs until cancelled. Whatever goes wrong is a state, never an end.
/// </para>
/// </summary>
internal sealed partial class MqttPublisher
{
    // One transaction records what became of a round, so a bigger round costs fewer fsyncs and more memory.
    private const int RoundRowsMax = 256;
    private const long RoundBytesMax = 4 * 1024 * 1024;

    // An access right given or a quota freed at the broker without a new connection is noticed after this long.
    private static readonly TimeSpan ParkedRetryInterval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);

    // A connection that has held this long was a good one: the next failure is a first one again.
    private static readonly TimeSpan SettledConnection = TimeSpan.FromMinutes(1);

    private readonly Outbox _outbox;
    private readonly MqttEndpoint _endpoint;
    private readonly RetrySchedule _retry;
    private readonly TimeProvider _clock;
    private readonly Func<double> _chance;
    private readonly ILogger _log;
    private volatile PublisherStatus _status;
    private long _sent;
    private long _published;

    // Used only by the run loop.
    private DateTimeOffset _purgeAt;

    /// <param name="chance">Draws a number in [0, 1) for the jitter of the retry schedule.</param>
    public MqttPublisher(
        Outbox outbox, MqttEndpoint endpoint, RetrySchedule retry, TimeProvider clock, Func<double> chance, ILogger log)
    {
        (_outbox, _endpoint, _retry, _clock, _chance, _log) = (outbox, endpoint, retry, clock, chance, log);
        _status = new(PublisherState.Disconnected, "Not yet connected.", "", UtcTime.Now(clock));
    }

    public PublisherStatus Status => _status;

    /// <summary>PUBLISH packets sent since the start, repetitions included.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages acknowledged by the broker as given to someone, since the start.</summary>
    public long Published => Interlocked.Read(ref _published);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = _clock.GetTimestamp();
            try
            {
                await ServeOneConnectionAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (BrokerException error)
            {
                var state = error.IsRefused ? PublisherState.Refused : PublisherState.Disconnected;
                Enter(state, error.Reason, error.Remedy);
            }
            catch (OutboxException error)
            {
                Enter(PublisherState.OutboxFailed, error.Reason, error.Remedy);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.Unexpected(_log, error);
                Enter(PublisherState.Disconnected, error.Message, "");
            }

            failures = _clock.GetElapsedTime(began) > SettledConnection ? 1 : failures + 1;
            await SleepAsync(_retry.DelayAfter(failures, _chance()), cancellationToken);
        }

        Enter(PublisherState.Disconnected, "The agent stops.", "");
    }

    private async Task ServeOneConnectionAsync(CancellationToken cancellationToken)
    {
        _outbox.EnsureWritable();
        await using var connection = await BrokerConnection.OpenAsync(_endpoint, _clock, cancellationToken);
        Enter(PublisherState.Connected, "", "");
        await SweepUntilClosedAsync(connection, cancellationToken);
    }

    /// <summary>
    /// Goes through the queued rows from the oldest to the newest and then waits for new ones. Rows that were not taken
    /// do not hold up those behind them; when their time has come the sweep starts again from the oldest.
    /// </summary>
    private async Task SweepUntilClosedAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        var after = 0L;
        var undeliveredSweeps = 0;
        var sweep = new Sweep();
        DateTimeOffset? sweepAgainAt = null;
        _outbox.Unpark();
        var unparkAt = _clock.GetUtcNow() + ParkedRetryInterval;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (connection.Closed.IsCancellationRequested)
            {
                throw connection.Explain(null);
            }

            var now = _clock.GetUtcNow();
            if (now >= unparkAt)
            {
                unparkAt = now + ParkedRetryInterval;
                after = _outbox.Unpark() > 0 ? 0 : after;
            }

            if (now >= sweepAgainAt)
            {
                (after, sweepAgainAt, sweep) = (0, null, new());
            }

            if (now >= _purgeAt)
            {
                _outbox.Purge();
                _purgeAt = now + PurgeInterval;
            }

            var rows = _outbox.Take(after, RoundRowsMax, RoundBytesMax);
            if (rows.Count > 0)
            {
                await SendRoundAsync(connection, rows, sweep, cancellationToken);
                after = rows[^1].Sequence;
                continue;
            }

            if (sweep.KeptReason is { } reason)
            {
                // The end of a sweep that left rows behind.
                if (sweepAgainAt is null)
                {
                    undeliveredSweeps++;
                    sweepAgainAt = now + _retry.DelayAfter(undeliveredSweeps, _chance());
                }

                Enter(
                    PublisherState.Undelivered, $"{_endpoint} could not deliver: {reason}.",
                    "Subscribe the platform to the agent's topics; the messages are kept and sent again.");
            }
            else
            {
                undeliveredSweeps = 0;
                Enter(PublisherState.Connected, "", "");
            }

            await WaitForWorkAsync(connection, Earlier(sweepAgainAt, unparkAt), cancellationToken);
        }
    }

    private async Task WaitForWorkAsync(
        BrokerConnection connection, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Half the allowed silence, so that one lost ping does not end the connection.
        var ping = connection.KeepAlive / 2;
        var due = until - _clock.GetUtcNow();
        var wait = due < ping ? due : ping;
        using var timer = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _clock);
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(
            timer.Token, connection.Closed, cancellationToken);
        try
        {
            await _outbox.WaitForQueuedAsync(wake.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (wait == ping && !connection.Closed.IsCancellationRequested)
            {
                await PingAsync(connection, cancellationToken);
            }
        }
    }

    private static async Task PingAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.PingAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw connection.Explain(error);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private async Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, _clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run loop sees it next.
        }
    }

    private void Enter(PublisherState state, string reason, string remedy)
    {
        var before = _status;
        if (before.State == state && before.Reason == reason)
        {
            return;
        }

        _status = new(state, reason, remedy, UtcTime.Now(_clock));
        Log.State(_log, _endpoint, state, reason, remedy);
    }

    /// <summary>What one pass over the outbox has met.</summary>
    private sealed class Sweep
    {
        /// <summary>Why a message was left in the queue; null if none was.</summary>
        public string? KeptReason { get; set; }
    }
}
