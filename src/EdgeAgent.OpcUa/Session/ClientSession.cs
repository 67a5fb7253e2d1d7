using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// A session with one server (Part 4, 5.7). It outlives its channel: when the channel ends, <see cref="Closed"/>
/// completes, and <see cref="ReactivateAsync"/> takes the same session to a new channel as long as the server remembers
/// it. Requests may be made from any thread.
/// </summary>
public sealed partial class ClientSession : IAsyncDisposable
{
    // Closing is a courtesy; the server forgets the session by itself.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(3);

    private readonly SecuredServer _server;
    private readonly SemaphoreSlim _activating = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private volatile ClientChannel _channel;
    private NodeId _authenticationToken;
    private byte[]? _serverNonce;
    private uint _maxRequestBytes;
    private Task _keepAlive = Task.CompletedTask;

    private ClientSession(SecuredServer server, ClientChannel channel)
    {
        (_server, _channel) = (server, channel);
        DataTypes = new(this);
    }

    /// <summary>The present one; another one after each <see cref="ReactivateAsync"/>.</summary>
    public ClientChannel Channel => _channel;

    public ConnectSettings Settings => _server.Settings;

    /// <summary>
    /// The endpoint that is used, as announced; its URL may name another host than the one connected to.
    /// </summary>
    public EndpointDescription Endpoint => _server.Chosen.Endpoint;

    /// <summary>
    /// What is wrong with the server's certificate and was set aside by a rule of the administrator; whoever opens a
    /// session has to log it (Part 4, 6.1.3).
    /// </summary>
    public IReadOnlyList<SuppressedError> SuppressedErrors => _server.Suppressed;

    /// <summary>The channel's.</summary>
    public SecurityPolicy Policy => _server.Policy;

    /// <summary>What the connection goes to.</summary>
    public Uri Url => _server.Url;

    /// <summary>Of the server's diagnostics; the secret that authenticates requests is another one.</summary>
    public NodeId SessionId { get; private set; }

    /// <summary>How long the server keeps the session without hearing from us.</summary>
    public TimeSpan RevisedTimeout { get; private set; }

    public NamespaceTable Namespaces { get; private set; } = new([]);

    public ServerLimits Limits { get; private set; } = ServerLimits.Default;

    /// <summary>Completes when the present channel has ended; never faults.</summary>
    public Task Closed => _channel.Closed;

    /// <summary>Why the present channel has ended; null while it lives.</summary>
    public OpcUaException? Failure => _channel.Failure;

    /// <summary>
    /// The same session on a new channel: ActivateSession with the server's last nonce and the same user. The server
    /// has to show the certificate it had, which is validated anew.
    /// </summary>
    /// <exception cref="OpcUaException">
    /// The server cannot be reached, or (BadSessionIdInvalid, BadSessionClosed and the like) has forgotten the session:
    /// only a new one helps then.
    /// </exception>
    public async Task ReactivateAsync(CancellationToken cancellationToken)
    {
        await _activating.WaitAsync(cancellationToken);
        try
        {
            var channel = await _server.OpenChannelAsync(cancellationToken);
            try
            {
                await ActivateAsync(channel, cancellationToken);
                var old = _channel;
                _channel = channel;
                await old.DisposeAsync();
            }
            catch
            {
                await channel.DisposeAsync();
                throw;
            }

            await ReadServerFactsAsync(cancellationToken);
        }
        finally
        {
            _activating.Release();
        }
    }

    /// <summary>
    /// Ends the session with its subscriptions, and the channel. What the server answers does not matter.
    /// </summary>
    public ValueTask DisposeAsync() => CloseAsync(deleteSubscriptions: true);

    /// <param name="deleteSubscriptions">False leaves them to be transferred to another session.</param>
    public async ValueTask CloseAsync(bool deleteSubscriptions)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _keepAlive;
        if (!_channel.Closed.IsCompleted && !_authenticationToken.IsNull)
        {
            try
            {
                await _channel.CallAsync<CloseSessionRequest, CloseSessionResponse>(
                    new() { RequestHeader = Header(), DeleteSubscriptions = deleteSubscriptions },
                    CloseTimeout,
                    CancellationToken.None);
            }
            catch (OpcUaException)
            {
                // It ends with its time-out then.
            }
        }

        await _channel.DisposeAsync();
        _activating.Dispose();
        _stopping.Dispose();
    }

    internal static async Task<ClientSession> OpenAsync(SecuredServer server, CancellationToken cancellationToken)
    {
        var session = new ClientSession(server, await server.OpenChannelAsync(cancellationToken));
        try
        {
            await session.CreateAsync(cancellationToken);
            await session.ActivateAsync(session._channel, cancellationToken);
            await session.ReadServerFactsAsync(cancellationToken);
            session._keepAlive = session.KeepAliveAsync(session._stopping.Token);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>What each request of the session begins with.</summary>
    internal RequestHeader Header() => new() { AuthenticationToken = _authenticationToken };

    internal Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IUaRequest<TRequest, TResponse>
        where TResponse : IUaResponse<TResponse> =>
        _channel.CallAsync<TRequest, TResponse>(request, Settings.RequestTimeout, cancellationToken);

    /// <summary>Bytes that a request may have; what channel and session have agreed on.</summary>
    internal long MaxRequestBytes
    {
        get
        {
            long channel = _channel.Agreement.SendMessageBytes;
            return _maxRequestBytes == 0 ? channel : Math.Min(channel, _maxRequestBytes);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var nonce = SecuredServer.NewNonce();
        var request = new CreateSessionRequest
        {
            ClientDescription = new()
            {
                ApplicationUri = _server.ApplicationUri,
                ApplicationName = new(null, Settings.ApplicationName),
                ApplicationType = ApplicationType.Client,
            },
            EndpointUrl = OpcUaConnector.Text(Url),
            SessionName = Settings.SessionName,
            ClientNonce = nonce,
            ClientCertificate = _server.ClientCertificate,
            RequestedSessionTimeout = Settings.SessionTimeout.TotalMilliseconds,
            MaxResponseMessageSize = (uint)Settings.Transport.MessageBytes,
        };
        var response = await _channel.CallAsync<CreateSessionRequest, CreateSessionResponse>(
            request, Settings.ConnectTimeout, cancellationToken);
        SessionId = response.SessionId;
        _authenticationToken = response.AuthenticationToken;
        _serverNonce = response.ServerNonce;
        _maxRequestBytes = response.MaxRequestMessageSize;
        RevisedTimeout = Timeout(response.RevisedSessionTimeout);
        _server.Check(response, nonce);
    }

    private async Task ActivateAsync(ClientChannel channel, CancellationToken cancellationToken)
    {
        var (token, signature) = _server.UserToken(_serverNonce);
        var request = new ActivateSessionRequest
        {
            RequestHeader = Header(),
            ClientSignature = _server.Sign(_serverNonce),
            LocaleIds = Settings.Locales,
            UserIdentityToken = token,
            UserTokenSignature = signature,
        };
        ActivateSessionResponse response;
        try
        {
            response = await channel.CallAsync<ActivateSessionRequest, ActivateSessionResponse>(
                request, Settings.ConnectTimeout, cancellationToken);
        }
        catch (OpcUaException failure) when (failure.Status.Code is StatusCodes.BadUserAccessDenied
            or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadIdentityTokenRejected)
        {
            throw new OpcUaException(failure.Status, $"The server does not accept {_server.UserForPeople}.", failure);
        }

        _server.CheckNonce(response.ServerNonce);
        _serverNonce = response.ServerNonce;
    }

    // A server may say anything here; what cannot be a time is as good as what was asked for.
    private TimeSpan Timeout(double milliseconds) =>
        milliseconds is > 0 and < int.MaxValue ? TimeSpan.FromMilliseconds(milliseconds) : Settings.SessionTimeout;
}
