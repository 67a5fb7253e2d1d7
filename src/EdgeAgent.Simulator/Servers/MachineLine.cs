using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.Simulator.Nodes;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// The machines of one line behind one OPC UA server. Their controllers look at the shop floor once a second and give
/// what has changed the time at which they looked.
/// </summary>
internal sealed class MachineLine : IAsyncDisposable
{
    // What is sampled with a look must be published before the clock stands: half a second and a little behind the second
    // look from now. Not three seconds, or it would stand just after a third.
    private const long Slack = 2 * PlantTime.Second + (3 * PlantTime.Second / 4);

    // How often a reader that is behind is looked at, on the system's clock: far more often than it publishes.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly OpcUaServer _server;
    private readonly LineNodes _nodes;
    private readonly DateTimeOffset _start;
    private long _lookedAt;

    public MachineLine(string name, IEnumerable<UnitImage> units, DateTimeOffset start, TimeProvider clock)
    {
        _start = start;
        _nodes = new(new AddressSpace(), name, units);
        Look(UaDateTime.From(clock.GetUtcNow()));
        _server = new(
            new() { ApplicationUri = LineNodes.NamespaceUriOf(name), ApplicationName = name }, _nodes.Space, clock);
        _server.Every(TimeSpan.FromMicroseconds(PlantTime.Second), Look);
        _server.Start();
    }

    public int Port => _server.Port;

    /// <summary>DER; who wants to read has to trust it.</summary>
    public ReadOnlyMemory<byte> Certificate => _server.Certificate.RawData;

    /// <summary>
    /// Lets the clock run on while the reader has everything: it subscribes to every point, and nothing waits for it.
    /// </summary>
    public async Task RunAsync(Func<ReaderLeash?> leash, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
                var lookedAt = Volatile.Read(ref _lookedAt);
                if (leash() is { } held && _server.Counts is { UnsentValues: 0 } counts
                    && counts.MonitoredItems >= _nodes.VariableCount)
                {
                    foreach (var unit in _nodes.Units)
                    {
                        held.Extend(unit, lookedAt + Slack);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how a line ends.
        }
    }

    public void DropConnections() => _server.Faults.DropConnections();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Look(UaDateTime now)
    {
        var time = Math.Max(0, (now.ToUtc() - _start).Ticks / TimeSpan.TicksPerMicrosecond);
        _nodes.Update(time, now);
        Volatile.Write(ref _lookedAt, time);
    }
}
