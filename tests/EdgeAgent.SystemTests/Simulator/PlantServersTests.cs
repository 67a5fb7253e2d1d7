using System.Buffers.Binary;
using EdgeAgent.Modbus;
using EdgeAgent.Simulator;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.SystemTests.Simulator;

public sealed class PlantServersTests
{
    private const byte Holding = 3;
    private const byte Input = 4;

    private static readonly DateTimeOffset Start = new(2026, 3, 13, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly PlantScript _script = new(1);
    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Counters_on_the_wire_are_those_of_the_script_at_that_time()
    {
        await using var servers = PlantServers.Listen(_script, _clock, Start);
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["machining"]);
        var cnc = _script.Machines.Single(machine => machine.Id == "cnc1");
        for (var minute = 0; minute < 20; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(61.3));
            var shown = cnc.At(servers.Now);
            var first = cnc.Definition.FirstCounts;

            var bytes = await client.ReadAsync(unit: 1, Holding, address: 0, quantity: 6);

            Assert.Equal(
                [
                    shown.StateCode, shown.ProductCode, (ushort)(first.Produced + shown.Counts.Produced),
                    (ushort)(first.Good + shown.Counts.Good), (ushort)(first.Scrap + shown.Counts.Scrap),
                    (ushort)(first.Rework + shown.Counts.Rework),
                ],
                Registers(bytes));
        }
    }

    [Fact]
    public async Task Meters_on_the_wire_are_those_of_the_script_at_that_time()
    {
        await using var servers = PlantServers.Listen(_script, _clock, Start);
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["meters"]);
        for (var minute = 0; minute < 10; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(61.3));

            var supply = Registers(await client.ReadAsync(unit: 1, Holding, address: 0, quantity: 2));
            Assert.Equal(Register("em0"), ((long)supply[1] << 16) | supply[0]); // CDAB

            var kilns = await client.ReadAsync(unit: 2, Holding, address: 0, quantity: 2);
            Assert.Equal((float)(Register("em1") / 10.0), BinaryPrimitives.ReadSingleBigEndian(kilns));

            var gas = await client.ReadAsync(unit: 5, Input, address: 0, quantity: 2); // BADC
            Assert.Equal(
                (float)(Register("gm0") / 10.0),
                BinaryPrimitives.ReadSingleBigEndian([gas[1], gas[0], gas[3], gas[2]]));
        }

        long Register(string meter) => _script.Meters.Single(script => script.Id == meter).RegisterAt(servers.Now);
    }

    [Fact]
    public async Task Every_unit_serves_all_its_points_and_nothing_beyond()
    {
        await using var servers = PlantServers.Listen(_script, _clock, Start);
        _clock.Advance(TimeSpan.FromMinutes(3));
        foreach (var unit in servers.Units.Where(unit => unit.Device.Answers))
        {
            using var client = await RawModbusClient.ConnectAsync(servers.Endpoints[unit.Device.Endpoint!]);
            foreach (var point in unit.Points)
            {
                var bytes = await client.ReadAsync(unit.Device.Unit, (byte)point.Table, point.Address, point.Length);
                Assert.Equal(point.Table.ByteCount(point.Length), bytes.Length);
            }

            var size = unit.Size(ModbusFunction.ReadInputRegisters);
            Assert.Equal(2, await client.ReadRefusalAsync(unit.Device.Unit, Input, size, 1));
        }
    }

    [Fact]
    public async Task The_gateway_answers_for_the_dead_unit()
    {
        await using var servers = PlantServers.Listen(_script, _clock, Start);
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["meters"]);
        Assert.Equal(0x0B, await client.ReadRefusalAsync(unit: 7, Holding, address: 0, quantity: 1));
    }

    [Fact]
    public async Task Faults_strike_in_their_time_and_range()
    {
        await using var servers = PlantServers.Listen(
            _script, _clock, Start,
            PlantFault.Refusal("press1", PlantTime.Minute, 2 * PlantTime.Minute, ModbusExceptionCode.ServerDeviceBusy),
            PlantFault.Hole(
                "press2", PlantTime.Minute, 2 * PlantTime.Minute, ModbusFunction.ReadHoldingRegisters, 114, 2));
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["presses"]);

        await client.ReadAsync(unit: 1, Holding, 100, 4);
        await client.ReadAsync(unit: 2, Holding, 100, 16);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(6, await client.ReadRefusalAsync(unit: 1, Holding, 100, 4));
        Assert.Equal(2, await client.ReadRefusalAsync(unit: 2, Holding, 100, 16));
        await client.ReadAsync(unit: 2, Holding, 100, 14);
        await client.ReadAsync(unit: 2, Holding, 116, 2);
        await client.ReadAsync(unit: 2, Input, 20, 2);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await client.ReadAsync(unit: 1, Holding, 100, 4);
        await client.ReadAsync(unit: 2, Holding, 100, 16);
    }

    [Fact]
    public async Task A_silent_unit_leaves_the_others_of_its_line_alone()
    {
        await using var servers = PlantServers.Listen(
            _script, _clock, Start, PlantFault.Silence("em1", 0, PlantTime.Minute));
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["meters"]);

        await client.SendAsync(unit: 2, Holding, 0, 2, transaction: 7); // Nobody answers.
        await client.SendAsync(unit: 3, Holding, 0, 2, transaction: 8);
        Assert.Equal(8, (await client.ReceiveAsync()).Transaction);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await client.SendAsync(unit: 2, Holding, 0, 2, transaction: 9);
        Assert.Equal(9, (await client.ReceiveAsync()).Transaction);
    }

    [Fact]
    public void A_fault_of_a_device_that_is_not_connected_is_refused() => Assert.Throws<ArgumentException>(
        () => PlantServers.Listen(_script, _clock, Start, PlantFault.Silence("mill1", 0, 1)));

    [Fact]
    public async Task A_scaled_clock_drives_the_plant()
    {
        var clock = new ScaledTimeProvider(TimeProvider.System, Start, speed: 3_600);
        await using var servers = PlantServers.Listen(_script, clock, Start);
        using var client = await RawModbusClient.ConnectAsync(servers.Endpoints["kilns"]);
        var kiln = _script.Machines.Single(machine => machine.Id == "kiln1");
        var limit = TimeProvider.System.GetTimestamp();
        while (servers.Now < PlantTime.Hour)
        {
            var before = kiln.At(servers.Now).Counts.Produced;
            var bytes = await client.ReadAsync(unit: 1, Holding, address: 2, quantity: 2);
            var after = kiln.At(servers.Now).Counts.Produced;
            var produced = BinaryPrimitives.ReadUInt32BigEndian(bytes) - kiln.Definition.FirstCounts.Produced;
            Assert.InRange(produced, before, after);
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromMinutes(1), "The clock stands.");
        }
    }

    private static ushort[] Registers(byte[] bytes) =>
        [.. bytes.Chunk(2).Select(pair => BinaryPrimitives.ReadUInt16BigEndian(pair))];
}
