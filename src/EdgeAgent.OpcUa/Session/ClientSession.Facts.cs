using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>What the session knows about the server, and whether the server still lives.</summary>
public sealed partial class ClientSession
{
    // A clock drifts by some milliseconds in a minute; and where data comes all the time, no silence would ask for it.
    private static readonly TimeSpan ClockInterval = TimeSpan.FromMinutes(1);

    // A session that is about to end is asked for in time, even if an answer is lost.
    private const int KeepAlivesPerTimeout = 3;

    private readonly Lock _clockLock = new();
    private ClockReading _clock;

    /// <summary>The last measurement of the server's clock.</summary>
    public ClockReading Clock
    {
        get
        {
            lock (_clockLock)
            {
                return _clock;
            }
        }
    }

    /// <summary>The server's time minus ours.</summary>
    public TimeSpan ClockOffset => Clock.Offset;

    /// <summary>The server's data types; forgotten when an activation finds other namespaces.</summary>
    public DataTypes DataTypes { get; private set; }

    /// <summary>What the server said of itself last.</summary>
    public ServerState ServerState { get; private set; } = ServerState.Unknown;

    private async Task ReadServerFactsAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(cancellationToken);
        var namespaces = await ReadAsync(
            [new() { NodeId = ServerNodes.NamespaceArray, AttributeId = AttributeIds.Value }],
            TimestampsToReturn.Neither,
            TimeSpan.Zero,
            cancellationToken);
        var table = namespaces[0].Value.Array?.Elements is string?[] uris && !namespaces[0].Status.IsBad
            ? new NamespaceTable(uris)
            : throw new OpcUaException(
                namespaces[0].Status.IsBad ? namespaces[0].Status : StatusCodes.BadUnknownResponse,
                "The server does not say its namespaces (Server.NamespaceArray): without them no node can be addressed "
                + "safely. The user may lack the right to browse the Server object.");
        if (!table.SameAs(Namespaces))
        {
            (Namespaces, DataTypes) = (table, new(this));
        }

        Limits = await ReadLimitsAsync(cancellationToken);
    }

    private async Task<ServerLimits> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        // One by one where the server takes only one node in a request: its limits are not known yet.
        var nodes = ServerLimits.NodesToRead
            .Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })
            .ToList();
        return ServerLimits.FromRead(
            await ReadAsync(nodes, TimestampsToReturn.Neither, TimeSpan.Zero, cancellationToken));
    }

    /// <summary>Asks for state and time: that the server answers is what counts.</summary>
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var request = new ReadRequest
        {
            RequestHeader = Header(),
            TimestampsToReturn = TimestampsToReturn.Neither,
            NodesToRead =
            [
                new() { NodeId = ServerNodes.State, AttributeId = AttributeIds.Value },
                new() { NodeId = ServerNodes.CurrentTime, AttributeId = AttributeIds.Value },
            ],
        };
        var (sent, started) = (_server.Clock.GetUtcNow(), _server.Clock.GetTimestamp());
        var response = await CallAsync<ReadRequest, ReadResponse>(request, cancellationToken);
        var roundTrip = _server.Clock.GetElapsedTime(started);
        var results = Batches.Expect(response.Results, request.NodesToRead.Count);
        ServerState = results[0].Value.AsInt64() is { } state ? (ServerState)state : ServerState.Unknown;

        // A server without that node has at least put its time into the response header.
        var time = results[1].Value is { Type: BuiltInType.DateTime } value
            ? new UaDateTime(value.Bits)
            : response.ResponseHeader.Timestamp;
        if (!time.IsNone && !time.IsOutOfRange)
        {
            lock (_clockLock)
            {
                _clock = ClockReading.From(sent, roundTrip, time.ToUtc());
            }
        }
    }

    private async Task KeepAliveAsync(CancellationToken stopping)
    {
        var interval = RevisedTimeout / KeepAlivesPerTimeout;
        interval = interval < Settings.KeepAliveInterval ? interval : Settings.KeepAliveInterval;
        using var timer = new PeriodicTimer(interval, _server.Clock);
        var (answered, measured) = (_channel.Counters.Responses, _server.Clock.GetTimestamp());
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                var channel = _channel;
                var isClockDue = _server.Clock.GetElapsedTime(measured) >= ClockInterval;
                if (!channel.Closed.IsCompleted && (channel.Counters.Responses == answered || isClockDue))
                {
                    measured = _server.Clock.GetTimestamp();
                    await KeepAliveOnceAsync(channel, stopping);
                }

                answered = channel.Counters.Responses;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The session is being closed.
        }
    }

    private async Task KeepAliveOnceAsync(SecureChannel.ClientChannel channel, CancellationToken stopping)
    {
        try
        {
            await ProbeAsync(stopping);
        }
        catch (OpcUaException failure)
        {
            channel.Fail(new(failure.Status, $"The server does not answer the keep-alive. {failure.Message}", failure));
        }
    }
}
