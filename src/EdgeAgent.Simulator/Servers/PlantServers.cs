using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Servers;

/// <summary>
/// The plant on the wire: one server on loopback for each line of the plant. Meters speak Modbus TCP, a unit each;
/// machines speak it too or, if so wanted, OPC UA. Everything is computed from the script at the clock's instant, so a
/// faster clock makes a faster plant.
/// <code>
/// await using var servers = PlantServers.Listen(script, clock, clock.GetUtcNow());
/// ... servers.Endpoints ...                       // bound and served from here on
/// </code>
/// </summary>
public sealed class PlantServers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SortedDictionary<string, ModbusServer> _servers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MachineLine> _machineLines = new(StringComparer.Ordinal);
    private readonly List<Task> _runs = [];
    private readonly TimeProvider _clock;
    private volatile ReaderLeash? _leash;

    private PlantServers(
        PlantScript script, TimeProvider clock, DateTimeOffset start, MachineProtocol machines,
        IReadOnlyList<PlantFault> faults)
    {
        _clock = clock;
        Script = script;
        Start = start;
        Units = PlantUnits.Of(script);
        foreach (var line in Units.GroupBy(unit => unit.Device.Endpoint!))
        {
            if (machines == MachineProtocol.OpcUa && line.All(unit => unit.IsMachine))
            {
                _machineLines.Add(line.Key, new(line.Key, line, start, clock));
                continue;
            }

            var server = ModbusServer.ListenTcp(clock: clock);
            _servers.Add(line.Key, server);
            foreach (var unit in line)
            {
                server.Units[unit.Device.Unit] = Serve(unit);
            }

            var faultsByUnit = line.ToDictionary(
                unit => unit.Device.Unit, unit => FaultsOf(unit.Device, faults));
            server.Fault = request => FaultOf(faultsByUnit, request);
        }
    }

    public PlantScript Script { get; }

    /// <summary>The instant at which plant time is zero.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Port on 127.0.0.1 of each line: kilns, machining, meters, presses.</summary>
    public IReadOnlyDictionary<string, int> Endpoints => _servers
        .Select(server => (server.Key, server.Value.Port))
        .Concat(_machineLines.Select(line => (line.Key, line.Value.Port)))
        .ToDictionary();

    /// <summary>The lines that speak OPC UA, with the certificate of each server (DER).</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> OpcUaLines =>
        _machineLines.ToDictionary(line => line.Key, line => line.Value.Certificate);

    /// <summary>Modbus requests answered so far, by all lines.</summary>
    public long RequestCount => _servers.Values.Sum(server => server.RequestCount);

    internal IReadOnlyList<UnitImage> Units { get; }

    /// <summary>Plant time at this instant, microseconds; zero before the start.</summary>
    public long Now => Math.Max(0, (_clock.GetUtcNow() - Start).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Binds a free port for each line and serves until disposed of.</summary>
    /// <param name="script">What happens.</param>
    /// <param name="clock">When it happens.</param>
    /// <param name="start">
    /// Plant time zero on that clock; a whole minute if KPI windows shall be the script's minutes.
    /// </param>
    /// <param name="faults">What goes wrong on the Modbus wire; nothing but the dead unit by default.</param>
    /// <exception cref="ArgumentException">A fault names a device that is not connected by Modbus.</exception>
    public static PlantServers Listen(
        PlantScript script, TimeProvider clock, DateTimeOffset start, params IReadOnlyList<PlantFault> faults) =>
        Listen(script, clock, start, MachineProtocol.Modbus, faults);

    /// <summary>As above, with a choice of what the machines speak.</summary>
    public static PlantServers Listen(
        PlantScript script, TimeProvider clock, DateTimeOffset start, MachineProtocol machines,
        params IReadOnlyList<PlantFault> faults)
    {
        foreach (var fault in faults)
        {
            if (!PlantScript.Ledger.Any(device => device.Id == fault.Device && device.Endpoint is not null)
                || (machines == MachineProtocol.OpcUa && script.Machines.Any(machine => machine.Id == fault.Device)))
            {
                throw new ArgumentException($"'{fault.Device}' is not connected by Modbus.", nameof(faults));
            }
        }

        var servers = new PlantServers(script, clock, start, machines, faults);
        servers._runs.AddRange(servers._machineLines.Values.Select(
            line => line.RunAsync(() => servers._leash, servers._stopping.Token)));
        servers._runs.AddRange(servers._servers.Values.Select(server => server.RunAsync(servers._stopping.Token)));
        return servers;
    }

    /// <summary>
    /// From now on the plant's clock waits for a reader that polls every Modbus unit once a second, at half past, and
    /// subscribes to every OPC UA variable. A busy machine then makes the plant slower instead of making the reader
    /// miss things.
    /// </summary>
    public void WaitForReader(ScaledTimeProvider clock) => _leash = new(clock, Start);

    /// <summary>Lets the clock run free again.</summary>
    public void StopWaiting() => Interlocked.Exchange(ref _leash, null)?.Release();

    /// <summary>Breaks every open connection, as a switch that restarts does.</summary>
    public void DropConnections()
    {
        foreach (var server in _servers.Values)
        {
            server.DropConnections();
        }

        foreach (var line in _machineLines.Values)
        {
            line.DropConnections();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_runs);
        foreach (var server in _servers.Values)
        {
            server.Dispose();
        }

        foreach (var line in _machineLines.Values)
        {
            await line.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private ModbusUnit Serve(UnitImage image) => new(
        image.Size(ModbusFunction.ReadCoils),
        image.Size(ModbusFunction.ReadDiscreteInputs),
        image.Size(ModbusFunction.ReadHoldingRegisters),
        image.Size(ModbusFunction.ReadInputRegisters))
    {
        BeforeRead = (tables, request) =>
        {
            image.Refresh(tables, (ModbusFunction)request.Function, request.Address, request.Quantity, Now);
            _leash?.Polled(image, Now);
        },
    };

    /// <summary>The gateway of a line answers for a unit that is dead, so that the others do not wait for it.</summary>
    private static PlantFault[] FaultsOf(LedgerDevice device, IEnumerable<PlantFault> faults) => device.Answers
        ? [.. faults.Where(fault => fault.Device == device.Id)]
        : [PlantFault.Refusal(
            device.Id, 0, long.MaxValue, ModbusExceptionCode.GatewayTargetDeviceFailedToRespond)];

    private ModbusFault FaultOf(Dictionary<byte, PlantFault[]> faultsByUnit, in ModbusRequest request)
    {
        if (faultsByUnit.TryGetValue(request.Unit, out var faults) && faults.Length > 0)
        {
            var time = Now;
            foreach (var fault in faults)
            {
                if (fault.Strikes(request, time))
                {
                    return fault.Effect;
                }
            }
        }

        return ModbusFault.None;
    }
}
