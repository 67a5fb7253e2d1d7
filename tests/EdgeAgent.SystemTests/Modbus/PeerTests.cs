using System.Net.Sockets;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Sources.Modbus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Modbus;

/// <summary>The client and the source against servers that other people wrote.</summary>
public sealed class PeerTests
{
    private const string Python = "/usr/bin/python3";
    private const ModbusFunction Holding = ModbusFunction.ReadHoldingRegisters;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly PeerImage Image = new();

    [Theory]
    [InlineData("pymodbus", "tcp")]
    [InlineData("pymodbus", "rtu")]
    [InlineData("libmodbus", "tcp")]
    [InlineData("libmodbus", "rtu")]
    public async Task Every_type_in_every_order_is_read(string peer, string transport)
    {
        await using var rig = await Rig.StartAsync(peer, transport);
        await using var client = rig.Client();
        Assert.True(await client.OpenAsync(rig.Token), client.LastError);
        foreach (var (range, format, expected) in Image.Points)
        {
            var result = await client.ReadAsync(1, range, rig.Token);
            Assert.Equal(ReadOutcome.Answered, result.Outcome);
            Assert.Equal(expected, PeerImage.ValueOf(result.Data.Span, format));
        }
    }

    [Theory]
    [InlineData("pymodbus", "tcp")]
    [InlineData("pymodbus", "rtu")]
    [InlineData("libmodbus", "tcp")]
    [InlineData("libmodbus", "rtu")]
    public async Task All_four_tables_are_read(string peer, string transport)
    {
        await using var rig = await Rig.StartAsync(peer, transport);
        await using var client = rig.Client();
        Assert.True(await client.OpenAsync(rig.Token), client.LastError);

        var input = await client.ReadAsync(1, new(ModbusFunction.ReadInputRegisters, 7, 2), rig.Token);
        Assert.Equal("03EF03F0", Convert.ToHexString(input.Data.Span));
        var coils = await client.ReadAsync(1, new(ModbusFunction.ReadCoils, 0, 2000), rig.Token);
        Assert.Equal(string.Concat(Enumerable.Repeat("AA", 250)), Convert.ToHexString(coils.Data.Span));
        var discrete = await client.ReadAsync(1, new(ModbusFunction.ReadDiscreteInputs, 1, 10), rig.Token);
        Assert.Equal(
            [2, 5, 8],
            Enumerable.Range(0, 10).Where(i => ValueCodec.DecodeBit(discrete.Data.Span, i).Bits == 1));
    }

    [Theory]
    [InlineData("pymodbus", "tcp")]
    [InlineData("pymodbus", "rtu")]
    [InlineData("libmodbus", "tcp")]
    [InlineData("libmodbus", "rtu")]
    public async Task Registers_up_to_an_illegal_address_are_delivered(string peer, string transport)
    {
        await using var rig = await Rig.StartAsync(peer, transport);
        var end = Image.Hex.Length / 4;
        await using var source = new SourceRig(rig, [.. Enumerable.Range(end - 3, 5)], unit: 1);
        await source.RunUntilAsync(samples => samples.Count >= 10);
        Assert.All(source.Samples, sample => Assert.Equal(
            sample.TagIndex < 3 ? StatusCode.Good : StatusCode.BadNodeIdUnknown, sample.Status));
    }

    [Theory]
    [InlineData("pymodbus", "tcp")]
    [InlineData("libmodbus", "rtu")]
    public async Task A_unit_that_is_not_there_is_bad(string peer, string transport)
    {
        await using var rig = await Rig.StartAsync(peer, transport);
        await using var source = new SourceRig(rig, [0], unit: 9);
        await source.RunUntilAsync(samples => samples.Count >= 5);
        Assert.All(source.Samples, sample => Assert.Equal(StatusCode.BadTimeout, sample.Status));
        Assert.InRange(source.Source.Counters.Requests, 1, 3);
    }

    [Theory]
    [InlineData("pymodbus")]
    [InlineData("libmodbus")]
    public async Task A_line_that_is_unplugged_while_polled_turns_bad_and_comes_back(string peer)
    {
        await using var rig = await Rig.StartAsync(peer, "rtu");
        await using var source = new SourceRig(rig, [0, 1, 2], unit: 1);
        await source.RunUntilAsync(samples => samples.Any(sample => sample.Status == StatusCode.Good));

        await rig.UnplugAsync();
        var before = source.Samples.Count;
        await source.RunUntilAsync(samples => samples.Skip(before + 3).Any(sample => sample.Status.IsBad));
        Assert.All(source.Samples.Skip(before + 3), sample => Assert.True(
            sample.Status == StatusCode.BadServerNotConnected || sample.Status == StatusCode.BadTimeout));

        before = source.Samples.Count;
        await rig.PlugInAsync();
        await source.RunUntilAsync(samples => samples.Skip(before).Any(sample => sample.Status == StatusCode.Good));
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly CancellationTokenSource _patience = new(2 * Patience);
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgeagent-modbus-");
        private readonly string _peer;
        private readonly string _transport;
        private PeerProcess? _line;
        private PeerProcess? _server;
        private string _place = "";

        private Rig(string peer, string transport) => (_peer, _transport) = (peer, transport);

        public CancellationToken Token => _patience.Token;

        public ModbusTransport Transport => _transport == "tcp"
            ? new TcpTransport("127.0.0.1", int.Parse(_place, null))
            : new SerialTransport(PortName) { Parity = SerialParity.None };

        private string PortName => Path.Combine(_folder.FullName, "agent");

        public static async Task<Rig> StartAsync(string peer, string transport)
        {
            var rig = new Rig(peer, transport);
            try
            {
                await rig.PlugInAsync();
                return rig;
            }
            catch
            {
                await rig.DisposeAsync();
                throw;
            }
        }

        public ModbusClient Client() => new(Transport, new(), TimeProvider.System);

        public async Task PlugInAsync()
        {
            _place = PeerProcess.FreePort().ToString(null, null);
            if (_transport == "rtu")
            {
                _place = Path.Combine(_folder.FullName, "device");
                _line = PeerProcess.Start("socat", $"pty,rawer,link={PortName}", $"pty,rawer,link={_place}");
                await _line.WaitUntilAsync(() => Task.FromResult(File.Exists(PortName) && File.Exists(_place)));
            }

            if (_peer == "pymodbus")
            {
                await PeerProcess.RequireAsync(
                    "pymodbus 3.0 for /usr/bin/python3 is not installed.", Python, "-c", "import pymodbus.server");
                var script = Path.Combine(PeerProcess.Folder(), "peer_pymodbus.py");
                _server = PeerProcess.Start(Python, script, _transport, _place, Image.Hex);
            }
            else
            {
                var program = Path.Combine(_folder.FullName, "peer_libmodbus");
                var source = Path.Combine(PeerProcess.Folder(), "peer_libmodbus.c");
                await PeerProcess.RequireAsync(
                    "libmodbus or a C compiler is not installed.",
                    "gcc", "-O1", "-I/usr/include/modbus", "-o", program, source, "-lmodbus");
                _server = PeerProcess.Start(program, _transport, _place, Image.Hex);
            }

            await _server.WaitUntilAsync(IsReadyAsync);
        }

        public Task UnplugAsync()
        {
            _line!.Kill();
            _server!.Dispose();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _server?.Dispose();
            _line?.Dispose();
            _patience.Dispose();
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        private async Task<bool> IsReadyAsync()
        {
            if (_transport == "tcp")
            {
                try
                {
                    using var probe = new TcpClient();
                    await probe.ConnectAsync("127.0.0.1", int.Parse(_place, null), Token);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            }

            await using var client = new ModbusClient(
                Transport, new() { Timeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System);
            return await client.OpenAsync(Token)
                && (await client.ReadAsync(1, new(Holding, 0, 1), Token)).Outcome == ReadOutcome.Answered;
        }
    }

    private sealed class SourceRig : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly SourceQueue _queue = new(1000);
        private readonly Task _running;

        public SourceRig(Rig rig, int[] addresses, byte unit)
        {
            var interval = TimeSpan.FromMilliseconds(200);
            var table = new TagTable(addresses.Select(address => new Tag
            {
                Id = $"t{address}",
                DeviceId = "d",
                Kind = ValueKind.Int64,
                Interval = interval,
            }));
            var tags = addresses.Select((address, index) => new ModbusTag(
                index, new(Holding, address, 1), new(ModbusType.UInt16), interval)).ToArray();
            Source = new(
                new()
                {
                    Name = "line",
                    Transport = rig.Transport,
                    Line = new() { Timeout = TimeSpan.FromMilliseconds(500) },
                    Units = [new() { Unit = unit, Scope = "d", Tags = tags }],
                },
                table, new(100, 16), new(), () => 0.5, TimeProvider.System, NullLogger.Instance);
            _running = Source.RunAsync(_queue, _stop.Token);
        }

        public ModbusSource Source { get; }

        public List<Sample> Samples { get; } = [];

        public async Task RunUntilAsync(Func<List<Sample>, bool> isDone)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (!isDone(Samples))
            {
                Assert.True(await _queue.WaitToReadAsync(patience.Token));
                while (_queue.TryRead(out var item))
                {
                    for (var row = 0; row < (item.Batch?.Count ?? 0); row++)
                    {
                        Samples.Add(item.Batch![row]);
                    }

                    item.Batch?.Release();
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await Source.DisposeAsync();
            _stop.Dispose();
        }
    }
}
