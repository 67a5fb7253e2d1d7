using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// A small OPC UA server over opc.tcp. <b>For simulation and tests, not for production:</b> it listens on loopback,
/// trusts every client unless told otherwise, keeps everything in memory, and can be told to misbehave. Towards clients
/// it is read-only.
/// <code>
/// await using var server = new OpcUaServer(new(), space, TimeProvider.System);
/// server.Start();
/// ... server.EndpointUrl ...
/// </code>
/// </summary>
public sealed class OpcUaServer : IAsyncDisposable
{
    private const int Backlog = 100;

    private readonly ServerSettings _settings;
    private readonly ServerCore _core;
    private readonly TcpListener _listener;
    private readonly Lock _gate = new();
    private readonly HashSet<ServerConnection> _connections = [];
    private readonly List<Task> _runs = [];
    private Task _accepting = Task.CompletedTask;

    /// <param name="space">
    /// What is served; of this server alone. Nodes may be added while it runs, namespaces only before it starts.
    /// </param>
    /// <param name="clock">All times and intervals are this clock's.</param>
    public OpcUaServer(ServerSettings settings, AddressSpace space, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(clock);
        _settings = settings;
        _listener = new(settings.Address, settings.Port);
        _core = new(settings, space, clock, settings.Certificate ?? ServerCertificate.Make(settings, clock));
        Faults = new(this, _core);
    }

    public AddressSpace Space => _core.State.Space;

    /// <summary>Bound by <see cref="Start"/>.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri EndpointUrl => new(_core.State.EndpointUrl);

    /// <summary>What new channels are opened with; it has the private key.</summary>
    public X509Certificate2 Certificate => _core.State.Certificate;

    public ServerFaults Faults { get; }

    /// <summary>What was sampled; off until its capacity is set.</summary>
    public ServedValues Served => _core.State.Served;

    public ServerCounts Counts
    {
        get
        {
            lock (Space.Gate)
            {
                var state = _core.State;
                return new()
                {
                    Connections = ConnectionsNow().Length,
                    Sessions = state.Sessions.Count,
                    Subscriptions = state.Subscriptions.Count,
                    MonitoredItems = state.MonitoredItemCount,
                    SkippedSteps = _core.SkippedSteps,
                    SentValues = _core.Publishing.SentValues,
                    UnsentValues = state.Subscriptions.Values.Sum(
                        subscription => subscription.Ready.Sum(item => (long)item.Count)),
                    UnacknowledgedMessages = state.Subscriptions.Values.Sum(
                        subscription => subscription.Retransmission.Count),
                };
            }
        }
    }

    /// <summary>Binds and serves from here on.</summary>
    public void Start()
    {
        _listener.Start(Backlog);
        _core.State.EndpointUrl = $"opc.tcp://{_settings.Address}:{Port}{_settings.Path}";
        _core.State.Order = new(Space.Namespaces, Space.Namespaces);
        _core.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>
    /// Changes values at multiples of the interval, before anything is sampled at the same instant: an item with that
    /// sampling interval sees each change exactly once. The change runs under the gate of the space.
    /// </summary>
    public void Every(TimeSpan interval, Action<UaDateTime> change) => _core.Every(interval, change);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _core.Dispose();
        Task[] runs;
        lock (_gate)
        {
            runs = [.. _runs];
        }

        foreach (var connection in ConnectionsNow())
        {
            connection.Drop(withReset: false);
        }

        await Task.WhenAll(runs);
        if (_settings.Certificate is null)
        {
            Certificate.Dispose();
        }
    }

    internal ServerConnection[] ConnectionsNow()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return; // Stopped.
            }

            Take(socket);
        }
    }

    private void Take(Socket socket)
    {
        bool isDown;
        uint id;
        lock (Space.Gate)
        {
            isDown = _core.State.Clock.Elapsed < _core.State.Faults.DownUntil;
            id = _core.State.NextId();
        }

        lock (_gate)
        {
            if (isDown || _connections.Count >= _settings.Limits.Connections)
            {
                socket.LingerState = new(true, 0);
                socket.Dispose();
                return;
            }

            var connection = new ServerConnection(socket, _core, id);
            _connections.Add(connection);
            _runs.RemoveAll(run => run.IsCompleted);
            _runs.Add(RunAsync(connection));
        }
    }

    private async Task RunAsync(ServerConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync();
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }
}
