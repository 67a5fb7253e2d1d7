using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// A secure channel to one server, from Hello to CloseSecureChannel. Requests may be sent from any thread; they go out
/// in one order, encoded, secured and written by the thread that sends them. One loop receives. When anything breaks
/// the rules the channel ends: <see cref="Closed"/> completes, <see cref="Failure"/> says why, every request that waits
/// fails with the same status, and a new channel has to be opened.
/// </summary>
public sealed partial class ClientChannel : IAsyncDisposable
{
    private readonly ClientChannelSettings _settings;
    private readonly TimeProvider _clock;
    private readonly OpenSecurity _security;
    private readonly Stream _stream;
    private readonly PendingRequests _pending;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Set once, under _sendLock: after that nothing is sent and nobody waits.
    private bool _isOver;

    private ClientChannel(
        Stream stream, ClientChannelSettings settings, OpenSecurity security, TransportAgreement agreement,
        FrameBuffer received, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _security = security;
        _stream = stream;
        _received = received;
        Agreement = agreement;
        _pending = new(settings.MaxPending);
        _writer = new(agreement, StatusCodes.BadRequestTooLarge);
        _assembler = new(agreement, StatusCodes.BadResponseTooLarge);
        var never = Timeout.InfiniteTimeSpan;
        _timeouts = clock.CreateTimer(static it => ((ClientChannel)it!).ExpireRequests(), this, never, never);
        _renewal = clock.CreateTimer(static it => ((ClientChannel)it!).Renew(), this, never, never);
    }

    /// <summary>Completes when the channel has ended, whoever ended it; never faults.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Why the channel ended; null while it lives, and when this side closed it.</summary>
    public OpcUaException? Failure { get; private set; }

    public ChannelCounters Counters { get; } = new();

    public ClientChannelSettings Settings => _settings;

    /// <summary>The server's number for this channel.</summary>
    public uint ChannelId => _reader.ChannelId;

    internal TransportAgreement Agreement { get; }

    /// <summary>Sends a request and awaits its answer.</summary>
    /// <param name="request">Its header's timestamp, handle and time-out hint are filled in.</param>
    /// <param name="timeout">After which the request is given up with BadTimeout.</param>
    /// <param name="cancellationToken">Gives the request up; the server is not told.</param>
    /// <exception cref="OpcUaException">The server refused it, with its code; or there was no answer.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var handler = new CallHandler<TResponse>(RequestName<TRequest>.Text);
        var id = Send(request, handler, timeout);
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (channel, id, handler) = ((ClientChannel, uint, CallHandler<TResponse>))state!;
                channel.GiveUp(id, handler, token);
            },
            (this, id, handler));
        return await handler.Answer;
    }

    /// <summary>Sends a request whose answer goes to a handler. Allocates nothing once warm.</summary>
    /// <exception cref="OpcUaException">It was not sent; the handler will not be called.</exception>
    public void Post<TRequest>(in TRequest request, ResponseHandler handler, TimeSpan timeout)
        where TRequest : IUaEncodable<TRequest> => Send(request, handler, timeout);

    /// <summary>Tells the server, closes the connection and fails the requests that still wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await SendCloseAsync();
        End(null);
        await Closed;
    }

    /// <summary>Ends the channel for this reason, unless it has ended.</summary>
    internal void Fail(OpcUaException failure) => End(failure);

    private void End(OpcUaException? failure)
    {
        lock (_sendLock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            Failure = failure;
        }

        _timeouts.Dispose();
        _renewal.Dispose();

        // Ends the receive loop too, which cleans up what it uses.
        _stream.Dispose();
        while (_pending.TryTakeAny(out var request))
        {
            request.Handler.OnFailure(EndedBefore(request.Name, failure));
        }
    }

    private OpcUaException Ended() => Failure is { } failure
        ? new(failure.Status, $"The channel has ended. {failure.Detail}", failure)
        : new(StatusCodes.BadConnectionClosed, "The channel was closed by this side.");

    private static OpcUaException EndedBefore(string request, OpcUaException? failure) => failure is null
        ? new(StatusCodes.BadConnectionClosed, $"This side closed the channel before {request} was answered.")
        : new(failure.Status, $"The channel ended before {request} was answered. {failure.Detail}", failure);
}
