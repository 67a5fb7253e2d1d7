using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.Simulator.Nodes;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// The machines of one line behind one OPC UA server. Their controllers look at the shop floor once a second, at half
/// past, and give what changed the time at which they looked.
/// </summary>
internal sealed class MachineLine : IAsyncDisposable
{
    private const long Interval = PlantTime.Second;
    private const long Phase = PlantTime.Second / 2;

    // A change is sampled within a second and published within another; the clock must not stand before that.
    private const long Slack = 3 * Interval;

    // How often a reader that is behind is looked at, on the system's clock: far more often than it publishes.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly OpcUaServer _server;
    private readonly LineNodes _nodes;
    private readonly DateTimeOffset _start;
    private readonly TimeProvider _clock;

    public MachineLine(string name, IEnumerable<UnitImage> units, DateTimeOffset start, TimeProvider clock)
    {
        (_start, _clock) = (start, clock);
        _nodes = new(new AddressSpace(), name, units);
        _nodes.Update(Now, UaDateTime.From(start));
        _server = OpcUaServer.Start(
            _nodes.Space,
            new() { ApplicationUri = LineNodes.NamespaceUriOf(name), ApplicationName = name },
            clock);
    }

    public int Port => _server.Url.Port;

    /// <summary>DER; who wants to read has to trust it.</summary>
    public ReadOnlyMemory<byte> Certificate => _server.Certificate.RawData;

    private long Now => Math.Max(0, (_clock.GetUtcNow() - _start).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Brings the nodes up to date until cancelled.</summary>
    /// <param name="leash">Holds the clock for the reader, if anyone does.</param>
    /// <param name="cancellationToken">The end.</param>
    public async Task RunAsync(Func<ReaderLeash?> leash, CancellationToken cancellationToken)
    {
        try
        {
            for (var due = DueAfter(Now); ; due += Interval)
            {
                await Task.Delay(Max(TimeSpan.Zero, Wait(due)), _clock, cancellationToken);
                _nodes.Update(due, UaDateTime.From(_start.AddMicroseconds(due)));
                await HoldAsync(leash, due, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how a line ends.
        }
    }

    public void DropConnections() => _server.Faults.DropConnections();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A reader that subscribes to every point has read a second when nothing waits for it any more.</summary>
    private async Task HoldAsync(Func<ReaderLeash?> leash, long due, CancellationToken cancellationToken)
    {
        while (leash() is { } held && _server.MonitoredItemCount >= _nodes.VariableCount)
        {
            if (_server.UnsentValues == 0)
            {
                foreach (var unit in _nodes.Units)
                {
                    held.Extend(unit, due + Slack);
                }

                return;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    private TimeSpan Wait(long due) => _start.AddMicroseconds(due) - _clock.GetUtcNow();

    private static long DueAfter(long now) => ((now + Interval - Phase) / Interval * Interval) + Phase;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
