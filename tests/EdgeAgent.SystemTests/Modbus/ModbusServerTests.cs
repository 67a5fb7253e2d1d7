using System.Net;
using System.Net.Sockets;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.SystemTests.Modbus;

/// <summary>The server against bytes written by hand, so that client and server cannot be wrong in the same way.</summary>
public sealed class ModbusServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("000100000006010300000002", "000100000007010304" + "42F6E979")]
    [InlineData("000200000006010400010001", "000200000005010402" + "BEEF")]
    [InlineData("00030000000601010000000A", "000300000005010102" + "0102")]
    [InlineData("000400000006010200030001", "000400000004010201" + "01")]
    [InlineData("000500000006010300080003", "000500000003018302")]
    [InlineData("00060000000601030000007E", "000600000003018303")]
    [InlineData("000700000006010600000001", "000700000003018601")]
    [InlineData("00080000000901100000000102BEEF", "000800000003019001")]
    public async Task Tcp_requests_get_the_answers_of_the_specification(string request, string answer)
    {
        await using var rig = Rig.Start(ModbusServer.ListenTcp());
        Assert.Equal(answer, await rig.AskAsync(request, answer.Length / 2));
    }

    [Theory]
    [InlineData("02030064000285E7", "02030412345678B207")]
    [InlineData("02060064000109E6", "02860173A0")]
    [InlineData("0210006400010200FFFAC4", "0290017DC0")]
    public async Task Rtu_requests_get_the_answers_of_the_specification(string request, string answer)
    {
        await using var rig = Rig.Start(ModbusServer.ListenRtuOverTcp());
        Assert.Equal(answer, await rig.AskAsync(request, answer.Length / 2));
    }

    [Fact]
    public async Task A_hole_refuses_every_read_that_touches_it()
    {
        await using var rig = Rig.Start(ModbusServer.ListenTcp());
        rig.Unit.AddHole(ModbusFunction.ReadHoldingRegisters, 2, 1);
        Assert.Equal("000100000003018302", await rig.AskAsync("000100000006010300000003", 9));
        Assert.Equal("00020000000501030242F6", await rig.AskAsync("000200000006010300000001", 11));
    }

    [Fact]
    public async Task Faults_are_injected_per_request()
    {
        await using var rig = Rig.Start(ModbusServer.ListenTcp());
        rig.Server.Fault = request => request.Number switch
        {
            1 => ModbusFault.Refuse(ModbusExceptionCode.ServerDeviceBusy),
            2 => ModbusFault.WrongTransactionId,
            3 => ModbusFault.Duplicate,
            4 => ModbusFault.NoAnswer,
            _ => ModbusFault.None,
        };
        Assert.Equal("000100000003018306", await rig.AskAsync("000100000006010300000001", 9));
        Assert.Equal("10010000000501030242F6", await rig.AskAsync("000100000006010300000001", 11));
        Assert.Equal("00030000000501030242F600030000000501030242F6",
            await rig.AskAsync("000300000006010300000001", 22));
        Assert.Equal("00050000000501030242F6",
            await rig.AskAsync("000400000006010300000001" + "000500000006010300000001", 11));
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TcpClient _client = new();
        private readonly Task _running;

        private Rig(ModbusServer server)
        {
            Server = server;
            server.Units[1] = Unit;
            server.Units[2] = new ModbusUnit(holdingRegisters: 200);
            server.Units[2].Update(tables => tables.SetUInt32(ModbusFunction.ReadHoldingRegisters, 100, 0x12345678));
            Unit.Update(tables =>
            {
                tables.SetFloat32(ModbusFunction.ReadHoldingRegisters, 0, 123.456f);
                tables.SetUInt16(ModbusFunction.ReadInputRegisters, 1, 0xEFBE, RegisterOrder.BytesSwapped);
                tables.SetBit(ModbusFunction.ReadCoils, 0, true);
                tables.SetBit(ModbusFunction.ReadCoils, 9, true);
                tables.SetBit(ModbusFunction.ReadDiscreteInputs, 3, true);
            });
            _running = server.RunAsync(_stop.Token);
        }

        public ModbusServer Server { get; }

        public ModbusUnit Unit { get; } = new(16, 16, 10, 10);

        public static Rig Start(ModbusServer server) => new(server);

        public async Task<string> AskAsync(string request, int length)
        {
            using var patience = new CancellationTokenSource(Patience);
            if (!_client.Connected)
            {
                await _client.ConnectAsync(IPAddress.Loopback, Server.Port, patience.Token);
            }

            var stream = _client.GetStream();
            await stream.WriteAsync(Convert.FromHexString(request), patience.Token);
            var answer = new byte[length];
            await stream.ReadExactlyAsync(answer, patience.Token);
            return Convert.ToHexString(answer);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _stop.CancelAsync();
            await _running;
            Server.Dispose();
            _stop.Dispose();
        }
    }
}
