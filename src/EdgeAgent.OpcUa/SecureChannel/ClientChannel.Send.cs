using System.Security.Cryptography;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// The sending half. Requests are encoded and secured one after the other under a lock; the thread that finds nobody
/// writing to the socket writes, until nothing is left.
/// </summary>
public sealed partial class ClientChannel
{
    // A larger encoder is not kept after use: one request for 100,000 items shall not cost its memory for ever.
    private const int KeptEncoderBytes = 1 << 20;

    // Timers count whole milliseconds and cut off the rest; without this the last one would be spent spinning.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);

    // What fits into TimeoutHint and a timer.
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    // What the server may leave unread, in messages of the largest size, before requests are refused.
    private const int UnsentMessages = 2;

    // CloseSecureChannel is a courtesy: a server that does not read is not waited for.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    // After a failure to send, the receive loop gets so long to find the reason that the server gave.
    private static readonly TimeSpan ReasonTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock _sendLock = new();
    private readonly ChunkWriter _writer;
    private readonly ITimer _timeouts;
    private readonly ITimer _renewal;
    private UaWriter _encoder = new();
    private PooledBuffer _unsent = new();
    private PooledBuffer _sending = new();
    private bool _isSending;
    private TaskCompletionSource? _allSent;

    // The deadline that the timer is set to, so that it is set once in a time-out and not for each request.
    private long _timerDeadline = long.MaxValue;

    private uint Send<TRequest>(TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest>
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, MaxTimeout);
        uint id;
        bool mustFlush;
        lock (_sendLock)
        {
            ThrowIfOver();
            CheckUnsent();
            id = Enlist(handler, RequestName<TRequest>.Text, timeout);
            try
            {
                Encode(request, id, timeout);
                _writer.Write(MessageType.Message, id, _encoder.WrittenSpan, _unsent);
            }
            catch
            {
                _pending.TryTake(id, out _);
                throw;
            }
            finally
            {
                ForgetLargeEncoder();
            }

            mustFlush = BeginSending();
        }

        Counters.Requested();
        if (mustFlush)
        {
            Flush();
        }

        return id;
    }

    /// <summary>Sends OpenSecureChannel with fresh random numbers.</summary>
    private OpenHandler SendOpen(SecurityTokenRequestType type, TimeSpan timeout)
    {
        var nonce = RandomNumberGenerator.GetBytes(_settings.Policy.NonceLength);
        var handler = new OpenHandler(this, nonce);
        var request = new OpenSecureChannelRequest
        {
            ClientProtocolVersion = Hello.CurrentVersion,
            RequestType = type,
            SecurityMode = _settings.Mode,
            ClientNonce = nonce.Length == 0 ? null : nonce,
            RequestedLifetime = (uint)_settings.Lifetime.TotalMilliseconds,
        };
        bool mustFlush;
        lock (_sendLock)
        {
            ThrowIfOver();
            var id = Enlist(handler, "OpenSecureChannel", timeout, isOpen: true);
            Encode(request, id, timeout);
            _writer.WriteOpen(_security, id, _encoder.WrittenSpan, _unsent);
            mustFlush = BeginSending();
        }

        if (mustFlush)
        {
            Flush();
        }

        return handler;
    }

    private async Task SendCloseAsync()
    {
        var allSent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool mustFlush;
        lock (_sendLock)
        {
            // Without a channel id there is nothing to close but the connection.
            if (_isOver || _writer.ChannelId == 0)
            {
                return;
            }

            var id = _pending.NextId();
            Encode(new CloseSecureChannelRequest(), id, TimeSpan.Zero);
            _writer.Write(MessageType.CloseSecureChannel, id, _encoder.WrittenSpan, _unsent);
            _allSent = allSent;
            mustFlush = BeginSending();
        }

        if (mustFlush)
        {
            Flush();
        }

        await Task.WhenAny(allSent.Task, Closed, Task.Delay(CloseTimeout, _clock));
    }

    private void Encode<TRequest>(TRequest request, uint handle, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest>
    {
        _encoder.Reset();
        _encoder.WriteEncodingId(TRequest.EncodingId);
        var header = _encoder.Position;
        request.Encode(_encoder);
        RequestHeaderPatch.Apply(
            _encoder, header, UaDateTime.From(_clock.GetUtcNow()), handle, (uint)timeout.TotalMilliseconds);
    }

    private uint Enlist(ResponseHandler handler, string name, TimeSpan timeout, bool isOpen = false)
    {
        var deadline = After(timeout);
        var id = _pending.Add(new(handler, name, timeout, deadline), isOpen);
        if (deadline < _timerDeadline)
        {
            _timerDeadline = deadline;
            _timeouts.Change(timeout, Timeout.InfiniteTimeSpan);
        }

        return id;
    }

    private bool BeginSending()
    {
        var mustFlush = !_isSending;
        _isSending = true;
        return mustFlush;
    }

    /// <summary>
    /// Writes what is there, and what comes meanwhile; one thread at a time. As long as the socket takes it at once
    /// nothing is awaited.
    /// </summary>
    private void Flush()
    {
        while (TakeUnsent())
        {
            var write = BeginWrite();
            if (!write.IsCompletedSuccessfully)
            {
                _ = FinishFlushAsync(write);
                return;
            }

            write.GetAwaiter().GetResult();
            Counters.Sent(_sending.Length);
        }
    }

    private ValueTask BeginWrite()
    {
        try
        {
            return _stream.WriteAsync(_sending.Bytes.AsMemory(0, _sending.Length));
        }
        catch (ObjectDisposedException closed)
        {
            return ValueTask.FromException(closed);
        }
    }

    private async Task FinishFlushAsync(ValueTask write)
    {
        try
        {
            await write;
            Counters.Sent(_sending.Length);
            Flush();
        }
        catch (Exception failure)
        {
            // The server may have said why before it closed: the receive loop reads that, or the end.
            await Task.WhenAny(Closed, Task.Delay(ReasonTimeout, _clock));
            Fail(new(
                StatusCodes.BadConnectionClosed, $"The connection broke while sending: {failure.Message}", failure));
        }
    }

    private bool TakeUnsent()
    {
        lock (_sendLock)
        {
            _sending.Clear();
            if (_unsent.Length == 0 || _isOver)
            {
                _isSending = false;
                _allSent?.TrySetResult();
                return false;
            }

            (_sending, _unsent) = (_unsent, _sending);
            return true;
        }
    }

    private void CheckUnsent()
    {
        if (_unsent.Length > (long)UnsentMessages * _settings.Limits.MessageBytes)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpNotEnoughResources,
                $"{_unsent.Length} bytes wait to be sent: the server does not read.");
        }
    }

    private void ForgetLargeEncoder()
    {
        if (_encoder.Position > KeptEncoderBytes)
        {
            _encoder = new();
        }
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw Ended();
        }
    }

    /// <summary>Found once for each type: a lookup for each request might allocate.</summary>
    private static class RequestName<TRequest>
    {
        public static readonly string Text = typeof(TRequest).Name;
    }

    private long After(TimeSpan span) =>
        _clock.GetTimestamp() + (long)(span.TotalSeconds * _clock.TimestampFrequency);

    private void GiveUp<TResponse>(uint id, CallHandler<TResponse> handler, CancellationToken cancellationToken)
        where TResponse : IUaResponse<TResponse>
    {
        if (_pending.TryGiveUp(id, out _))
        {
            Counters.TimedOut();
            handler.Cancel(cancellationToken);
        }
    }

    /// <summary>Timer: fails what has waited too long, and sets itself to the next deadline.</summary>
    private void ExpireRequests()
    {
        while (_pending.TryExpire(_clock.GetTimestamp(), out var request))
        {
            Counters.TimedOut();
            request.Handler.OnFailure(new(
                StatusCodes.BadTimeout,
                $"{request.Name} was not answered within {request.Timeout.TotalSeconds:0.###} s."));
        }

        lock (_sendLock)
        {
            _timerDeadline = _pending.NextDeadline();
            if (!_isOver && _timerDeadline != long.MaxValue)
            {
                var wait = _clock.GetElapsedTime(_clock.GetTimestamp(), _timerDeadline) + TimerStep;
                _timeouts.Change(wait > TimerStep ? wait : TimerStep, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
