using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Opens sessions with one server, and knows the one in use.</summary>
internal sealed partial class OpcUaConnection
{
    private readonly OpcUaEndpoint _endpoint;
    private readonly OpcUaConnector _connector;
    private readonly ILogger _logger;
    private readonly Lock _counting = new();
    private volatile ClientSession? _session;
    private ChannelCounters? _channel;
    private long _sentBefore;
    private long _receivedBefore;

    public OpcUaConnection(
        OpcUaEndpoint endpoint, OwnCertificate own, CertificateStore store, TimeProvider clock, ILogger logger)
    {
        _endpoint = endpoint;
        _connector = new(own, new(store, clock, endpoint.Rules), clock);
        _logger = logger;
    }

    /// <summary>The server's time minus ours at the last measurement; null before the first connection.</summary>
    public TimeSpan? ClockOffset => _session?.ClockOffset;

    /// <summary>Bytes on the wire over all channels, as far as <see cref="Observe"/> has seen them.</summary>
    public (long Sent, long Received) Bytes
    {
        get
        {
            lock (_counting)
            {
                return (_sentBefore + (_channel?.BytesSent ?? 0), _receivedBefore + (_channel?.BytesReceived ?? 0));
            }
        }
    }

    /// <summary>A new session, and what the types of the tags mean in it.</summary>
    /// <exception cref="OpcUaException">It cannot be had.</exception>
    public async Task<(ClientSession Session, ServerTypes Types)> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = _endpoint.Connection with { Identity = _endpoint.Identity.Open() };
        var session = await _connector.ConnectAsync(settings, cancellationToken);
        foreach (var error in session.SuppressedErrors)
        {
            LogSuppressed(_logger, _endpoint.Name, error.Rule, error.Status.ToString(), error.Sentence);
        }

        try
        {
            var types = await ReadTypesAsync(session, cancellationToken);
            _session = session;
            Observe();
            return (session, types);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes notice of a new channel; called now and then.</summary>
    public void Observe()
    {
        if (_session is not { } session)
        {
            return;
        }

        lock (_counting)
        {
            var counters = session.Channel.Counters;
            if (!ReferenceEquals(counters, _channel))
            {
                _sentBefore += _channel?.BytesSent ?? 0;
                _receivedBefore += _channel?.BytesReceived ?? 0;
                _channel = counters;
            }
        }
    }

    // A server that cannot explain its types can still be read: only tags with a field go without.
    private async Task<ServerTypes> ReadTypesAsync(ClientSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerTypesReader.ReadAsync(session, _endpoint.Tags, cancellationToken);
        }
        catch (OpcUaException error) when (!session.Closed.IsCompleted)
        {
            LogNoTypes(_logger, _endpoint.Name, error.Message);
            return ServerTypes.Unknown;
        }
    }
}
