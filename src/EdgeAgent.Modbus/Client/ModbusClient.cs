using System.Diagnostics;
using System.Runtime.CompilerServices;
using EdgeAgent.Modbus.Framing;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Modbus.Client;

/// <summary>
/// A read-only Modbus client on one line: one request in flight, one caller at a time. What the plant does wrong is an
/// outcome, not an exception; a broken line is closed and stays closed until <see cref="OpenAsync"/>.
/// <code>
/// await using var client = new ModbusClient(new TcpTransport("plc"), new ModbusClientSettings(), TimeProvider.System);
/// await client.OpenAsync(cancellationToken);
/// var range = new AddressRange(ModbusFunction.ReadHoldingRegisters, 100, 2);
/// var result = await client.ReadAsync(1, range, cancellationToken);
/// </code>
/// </summary>
public sealed class ModbusClient : IAsyncDisposable
{
    /// <summary>
    /// Time-outs in a row, without a single byte between them, after which the line is taken for half-open and closed.
    /// </summary>
    public const int MaxSilentRequests = 3;

    // A line that chatters on is noise or another master; waiting longer for a pause would stall the poll.
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(1);

    private readonly ModbusTransport _transport;
    private readonly ModbusClientSettings _settings;
    private readonly TimeProvider _clock;
    private readonly long _epoch;
    private readonly Deadline _deadline;
    private readonly Dialogue _dialogue;
    private readonly LateAnswerGuard? _guard;
    private readonly byte[] _output = new byte[MbapFrame.MaxLength];

    // Received and not yet judged: _input[_start.._end].
    private readonly byte[] _input;
    private int _start;
    private int _end;

    private Line? _line;
    private TimeSpan _lastActivity;
    private int _silentRequests;

    public ModbusClient(ModbusTransport transport, ModbusClientSettings settings, TimeProvider clock)
    {
        _transport = transport;
        _settings = settings;
        _clock = clock;
        _epoch = clock.GetTimestamp();
        _deadline = new(clock);
        _dialogue = transport.IsRtu
            ? new RtuDialogue(settings.LocalEcho)
            : new TcpDialogue(settings.AcceptZeroTransactionId, settings.AcceptUnitMismatch);
        _guard = _dialogue.NeedsGuard ? new(settings.LateAnswerHorizon) : null;
        _input = new byte[_dialogue.BufferLength];
    }

    public bool IsOpen => _line is not null;

    /// <summary>Why the line is not open; empty while it is.</summary>
    public string LastError { get; private set; } = "";

    public ModbusClientCounters Counters { get; } = new();

    /// <summary>Whether the line was seen to repeat frames, so that requests are told apart more strictly.</summary>
    public bool RepeatsFrames => _guard?.IsStrict(Now) ?? false;

    private TimeSpan Now => _clock.GetElapsedTime(_epoch);

    /// <summary>Opens the line, within the time-out.</summary>
    /// <returns>False if it cannot be opened; <see cref="LastError"/> says why.</returns>
    public async ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync("");
        var token = _deadline.Start(_settings.Timeout, cancellationToken);
        try
        {
            _line = await _transport.OpenAsync(token);
            _silentRequests = 0;
            _lastActivity = Now;
            Counters.Connections++;
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LastError = $"No connection within {_settings.Timeout.TotalSeconds:0.###} s.";
        }
        catch (Exception refused) when (Line.IsBroken(refused))
        {
            LastError = refused.Message;
        }
        finally
        {
            _deadline.Stop();
        }

        Counters.FailedConnections++;
        return false;
    }

    /// <summary>Whether a request of this quantity could be told from all late answers that may still come.</summary>
    public bool MayAsk(byte unit, in AddressRange range) =>
        _guard?.MayAsk(ShapeOf(unit, range), range.Address, Now) ?? true;

    /// <inheritdoc cref="ReadAsync(byte, AddressRange, TimeSpan, CancellationToken)"/>
    public ValueTask<ReadResult> ReadAsync(byte unit, AddressRange range, CancellationToken cancellationToken) =>
        ReadAsync(unit, range, _settings.Timeout, cancellationToken);

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The specification allows no such range.</exception>
    /// <exception cref="OperationCanceledException">The caller's token; the line is closed then.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadResult> ReadAsync(
        byte unit, AddressRange range, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new ReadRequest(range.Function, checked((ushort)range.Address), range.Quantity);
        if (_line is null)
        {
            return new(ReadOutcome.Disconnected);
        }

        if (_guard is not null && !_guard.TryAsk(ShapeOf(unit, range), range.Address, Now))
        {
            Counters.HeldBackRequests++;
            return new(ReadOutcome.HeldBack);
        }

        var result = new ReadResult(ReadOutcome.Disconnected);
        try
        {
            result = await ExchangeAsync(unit, request, timeout, cancellationToken);
            return result;
        }
        finally
        {
            // Also when the caller cancels in the middle: the answer may still come.
            if (_guard is not null && result.Outcome is not (ReadOutcome.Answered or ReadOutcome.Refused))
            {
                _guard.Unanswered(ShapeOf(unit, range));
            }
        }
    }

    /// <summary>Closes the line. What was in flight may still arrive on the next one, and is reckoned with.</summary>
    public ValueTask CloseAsync() => CloseAsync("Closed.");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _deadline.Dispose();
    }

    private static AnswerShape ShapeOf(byte unit, in AddressRange range) =>
        new(unit, range.Function, range.Function.ByteCount(range.Quantity));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ExchangeAsync(
        byte unit, ReadRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var isSent = false;
        var strangers = Counters.ForeignFrames;
        try
        {
            if (!await SettleAsync(cancellationToken))
            {
                Counters.GarbledAnswers++;
                return new(ReadOutcome.Garbled);
            }

            var length = _dialogue.Ask(unit, request, _output);
            var token = _deadline.Start(timeout, cancellationToken);
            await _line!.Stream.WriteAsync(_output.AsMemory(0, length), token);
            await _line.Stream.FlushAsync(token);
            Counters.Requests++;
            isSent = true;
            while (true)
            {
                if (TryConclude(unit, request, out var result))
                {
                    _silentRequests = 0;
                    return result;
                }

                var count = await _line.Stream.ReadAsync(_input.AsMemory(_end), token);
                if (count == 0)
                {
                    await CloseAsync("The peer closed the connection.");
                    return new(ReadOutcome.Disconnected);
                }

                _end += count;
                _silentRequests = 0;
                _lastActivity = Now;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await ConcludeTimeoutAsync(isSent, Counters.ForeignFrames > strangers);
        }
        catch (OperationCanceledException)
        {
            await CloseAsync("Cancelled.");
            throw;
        }
        catch (ModbusProtocolException illegal)
        {
            Counters.GarbledAnswers++;
            if (_transport.IsRtu)
            {
                // The next request waits for silence; the line itself is sound.
                Discard();
            }
            else
            {
                await CloseAsync(illegal.Message);
            }

            return new(ReadOutcome.Garbled);
        }
        catch (Exception broken) when (Line.IsBroken(broken))
        {
            await CloseAsync(broken.Message);
            return new(ReadOutcome.Disconnected);
        }
        finally
        {
            _deadline.Stop();
        }
    }

    /// <summary>Judges all whole frames that have come; true when the request has its result.</summary>
    private bool TryConclude(byte unit, in ReadRequest request, out ReadResult result)
    {
        result = default;
        while (_start < _end)
        {
            var judgement = _dialogue.Judge(_input.AsSpan(_start, _end - _start));
            var at = _start;
            _start += judgement.Length;
            switch (judgement.Verdict)
            {
                case Verdict.Incomplete:
                    Compact();
                    return false;

                case Verdict.Foreign:
                    Counters.ForeignFrames++;
                    if (judgement.Shape is { } shape)
                    {
                        _guard?.Strayed(shape, Now);
                    }

                    break;

                case Verdict.Echo:
                    break;

                case Verdict.Garbled:
                    Counters.GarbledAnswers++;
                    result = new(ReadOutcome.Garbled);
                    return true;

                case Verdict.Answer when judgement.Refusal != ModbusExceptionCode.None:
                    Counters.Refusals++;
                    var isCertain = _guard is null || _guard.Refused(
                        new(unit, request.Function, request.Function.ByteCount(request.Quantity)), Now);
                    result = new(ReadOutcome.Refused, judgement.Refusal, IsCertain: isCertain);
                    return true;

                case Verdict.Answer:
                    Counters.Answers++;
                    var byteCount = request.Function.ByteCount(request.Quantity);
                    result = new(ReadOutcome.Answered, Data: _input.AsMemory(at + judgement.DataOffset, byteCount));
                    return true;

                default:
                    throw new UnreachableException();
            }
        }

        Discard();
        return false;
    }

    private async ValueTask<ReadResult> ConcludeTimeoutAsync(bool isSent, bool sawStrangers)
    {
        _lastActivity = Now;
        Counters.Timeouts++;
        _silentRequests++;
        if (!isSent)
        {
            await CloseAsync("The request could not be sent in time.");
        }
        else if (_silentRequests >= MaxSilentRequests)
        {
            await CloseAsync($"{MaxSilentRequests} requests in a row without a sign of life.");
        }
        else if (!_transport.IsRtu && (_end > _start || _dialogue.NeedsGuard))
        {
            // The tail of half a frame would be read as the head of the next one.
            await CloseAsync(_end > _start ? "The answer stopped half-way." : "No answer.");
        }

        return new(sawStrangers && _transport.IsRtu ? ReadOutcome.Garbled : ReadOutcome.TimedOut);
    }

    /// <summary>
    /// Waits for the silence that ends whatever was said before (RTU), throwing away what is still being said.
    /// </summary>
    /// <returns>False if the line does not fall silent.</returns>
    private async ValueTask<bool> SettleAsync(CancellationToken cancellationToken)
    {
        if (!_transport.IsRtu)
        {
            // On TCP what is left over is judged by its transaction identifier.
            Compact();
            if (_settings.Pause > TimeSpan.Zero)
            {
                await Task.Delay(_settings.Pause, _clock, cancellationToken);
            }

            return true;
        }

        var rest = _settings.Pause > _transport.Quiet ? _settings.Pause : _transport.Quiet;
        var giveUpAt = Now + rest + SettleTimeout;
        while (Now < giveUpAt)
        {
            if (_line!.Available > 0)
            {
                Compact();
                var room = _input.AsMemory(_end);
                var count = await _line.Stream.ReadAsync(room.IsEmpty ? _input : room, cancellationToken);
                if (count == 0)
                {
                    throw new IOException("The peer closed the connection.");
                }

                _end = room.IsEmpty ? count : _end + count;
                Counters.DrainedBytes += count;
                _lastActivity = Now;
            }
            else if (_lastActivity + rest - Now is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _clock, cancellationToken);
            }
            else
            {
                ExamineStrays();
                return true;
            }
        }

        Discard();
        return false;
    }

    /// <summary>Whole frames among the drained bytes tell whether the line repeats them.</summary>
    private void ExamineStrays()
    {
        try
        {
            while (RtuDialogue.TryReadStray(_input.AsSpan(_start, _end - _start), out var shape, out var length))
            {
                _start += length;
                Counters.ForeignFrames++;
                _guard?.Strayed(shape, Now);
            }
        }
        catch (ModbusProtocolException)
        {
            // Noise says nothing; it is counted in DrainedBytes.
        }

        Discard();
    }

    private void Discard() => (_start, _end) = (0, 0);

    private void Compact()
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        (_start, _end) = (0, _end - _start);
    }

    private async ValueTask CloseAsync(string reason)
    {
        LastError = reason;
        Discard();
        if (_line is { } line)
        {
            _line = null;
            await line.DisposeAsync();
        }
    }
}
