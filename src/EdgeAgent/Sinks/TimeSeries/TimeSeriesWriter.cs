using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>
/// Carries samples from the journal to a time-series server. The position moves only when the server has taken the
/// lines or has rejected them one by one, so nothing is skipped and a restart repeats at most one request; writing a
/// point twice leaves one point.
/// <para>
/// <see cref="RunAsync"/> is called once and runs until cancelled. Whatever goes wrong is a state, never an end.
/// </para>
/// </summary>
internal sealed partial class TimeSeriesWriter
{
    private readonly ISampleCursor _cursor;
    private readonly WriteTarget _target;
    private readonly WriteClient _client;
    private readonly RejectFile _rejects;
    private readonly RetrySchedule _retry;
    private readonly TimeProvider _clock;
    private readonly Func<double> _chance;
    private readonly ILogger _log;
    private volatile WriterStatus _status;
    private long _written;
    private long _rejected;

    // Used only by the run loop.
    private readonly LineBuffer _buffer;
    private SampleBatch? _batch; // Held while some of its rows have not gone into the buffer.
    private int _row;
    private long _position;

    /// <param name="chance">Draws a number in [0, 1) for the jitter of the retry schedule.</param>
    public TimeSeriesWriter(
        ISampleCursor cursor, WriteTarget target, WriteClient client, RetrySchedule retry, TimeProvider clock,
        Func<double> chance, ILogger log)
    {
        (_cursor, _target, _client, _retry) = (cursor, target, client, retry);
        (_clock, _chance, _log) = (clock, chance, log);
        _rejects = new(target.RejectFile, target.RejectFileBytesMax, clock);
        _buffer = new(target.Measurement, target.Precision, target.BytesMax, target.RowsMax);
        _status = new(WriterState.Writing, "", "", UtcTime.Now(clock));
    }

    public WriterStatus Status => _status;

    /// <summary>Samples the server has taken since the start.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Samples it would not have, which are in the reject file, and samples no line can hold.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        try
        {
            while (true)
            {
                try
                {
                    await FillAsync(cancellationToken);
                    await SendAsync(_buffer.Lines, cancellationToken);
                    await _cursor.CommitAsync(_position, cancellationToken);
                    _buffer.Clear();
                    failures = 0;
                }
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    // The lines stay in the buffer and are sent again: the server drops what it has already.
                    Enter(WriterState.Failed, error.Message, "Check the data folder and its disk.");
                    Log.Failed(_log, error);
                    await Task.Delay(_retry.DelayAfter(++failures, _chance()), _clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Enter(WriterState.Waiting, "The agent stops.", "");
        }
        finally
        {
            _batch?.Release();
            _batch = null;
        }
    }

    /// <summary>Fills the buffer until it is full, or its first line has lingered long enough.</summary>
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        CancellationTokenSource? linger = null;
        CancellationTokenSource? either = null;
        try
        {
            while (_buffer.Rows < _target.RowsMax)
            {
                if (_batch is null && !_cursor.TryRead(out _batch!))
                {
                    _batch = null;
                    if (_buffer.Rows > 0 && linger is null)
                    {
                        linger = new(_target.Linger, _clock);
                        either = CancellationTokenSource.CreateLinkedTokenSource(linger.Token, cancellationToken);
                    }

                    await _cursor.WaitToReadAsync(either?.Token ?? cancellationToken);
                    continue;
                }

                if (!TryAddRows(_batch))
                {
                    return; // Full of bytes.
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Lingered.
        }
        finally
        {
            either?.Dispose();
            linger?.Dispose();
        }
    }

    private bool TryAddRows(SampleBatch batch)
    {
        var unwritable = _buffer.Unwritable;
        _row = _buffer.Add(batch, _row);
        _position = batch.FirstSequence + _row;
        if (_buffer.Unwritable - unwritable is > 0 and var count)
        {
            Interlocked.Add(ref _rejected, count);
            Log.Unwritable(_log, count);
        }

        if (_row < batch.Count)
        {
            return false;
        }

        batch.Release();
        (_batch, _row) = (null, 0);
        return true;
    }

    /// <summary>
    /// Returns when every line is either taken or in the reject file. What the server rejects is halved until the
    /// line at fault stands alone; the good ones may be written twice on the way, which changes nothing.
    /// </summary>
    private async Task SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var open = new Stack<ReadOnlyMemory<byte>>();
        open.Push(lines);
        while (open.TryPop(out var range))
        {
            if (range.IsEmpty)
            {
                continue;
            }

            var answer = await PostUntilDecidedAsync(range, cancellationToken);
            if (answer.Verdict == WriteVerdict.Accepted)
            {
                Interlocked.Add(ref _written, range.Span.Count((byte)'\n'));
            }
            else if (LineRange.TrySplit(range, out var first, out var second))
            {
                open.Push(second);
                open.Push(first);
            }
            else
            {
                _rejects.Append(range.Span, answer.Reason);
                Interlocked.Increment(ref _rejected);
            }
        }
    }

    private async Task<WriteAnswer> PostUntilDecidedAsync(
        ReadOnlyMemory<byte> range, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var answer = await _client.PostAsync(range, cancellationToken);
            switch (answer.Verdict)
            {
                case WriteVerdict.Accepted:
                    Enter(WriterState.Writing, "", "");
                    return answer;
                case WriteVerdict.Rejected:
                    return answer;
                default:
                    Enter(
                        answer.Verdict == WriteVerdict.Refused ? WriterState.Refused : WriterState.Waiting,
                        answer.Reason, answer.Remedy);
                    await Task.Delay(
                        answer.RetryAfter ?? _retry.DelayAfter(failures, _chance()), _clock, cancellationToken);
                    break;
            }
        }
    }

    private void Enter(WriterState state, string reason, string remedy)
    {
        var before = _status;
        if (before.State == state && before.Reason == reason)
        {
            return;
        }

        _status = new(state, reason, remedy, UtcTime.Now(_clock));
        if (before.State != state)
        {
            Log.State(_log, _target.Url, state, reason, remedy);
        }
    }
}
