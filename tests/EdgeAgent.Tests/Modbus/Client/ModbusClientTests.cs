using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Tests.Modbus.Client;

public sealed class ModbusClientTests
{
    private static readonly AddressRange Range = new(ModbusFunction.ReadHoldingRegisters, 100, 2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    [Theory]
    [InlineData(false, "00010000000701030412345678")]
    [InlineData(false, "FFFF000000050103020000" + "00010000000701030412345678")]
    [InlineData(true, "010304123456788107")]
    public void An_answer_in_any_two_pieces_is_the_answer(bool isRtu, string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var clock = new VirtualClock();
            FakeLine line = null!;
            var at = cut;
            line = new FakeLine(_ =>
            {
                line.Deliver(bytes.AsSpan(0, at));
                clock.Schedule(Pause, () => line.Deliver(bytes.AsSpan(at)));
            });
            var client = new ModbusClient(new FakeTransport(isRtu, () => line), new(), clock);
            var data = clock.Run(async () =>
            {
                await client.OpenAsync(default);
                return Convert.ToHexString((await client.ReadAsync(1, Range, default)).Data.Span);
            });
            Assert.Equal("12345678", data);
        }
    }

    [Fact]
    public void After_garbage_a_line_is_drained_until_it_is_silent()
    {
        var clock = new VirtualClock();
        FakeLine line = null!;
        var sentAt = new List<TimeSpan>();
        var lastNoise = TimeSpan.Zero;
        line = new FakeLine(_ =>
        {
            sentAt.Add(clock.Elapsed);
            if (sentAt.Count > 1)
            {
                line.Deliver(Convert.FromHexString("010304123456788107"));
                return;
            }

            for (var i = 0; i < 100; i++)
            {
                clock.Schedule(TimeSpan.FromMilliseconds(i), () =>
                {
                    lastNoise = clock.Elapsed;
                    line.Deliver([0x55, 0xAA, 0x01, 0x03]);
                });
            }
        });
        var client = new ModbusClient(new FakeTransport(true, () => line), new(), clock);
        var (first, second) = clock.Run(async () =>
        {
            await client.OpenAsync(default);
            return ((await client.ReadAsync(1, Range, default)).Outcome,
                (await client.ReadAsync(1, Range, default)).Outcome);
        });
        Assert.Equal((ReadOutcome.Garbled, ReadOutcome.Answered), (first, second));
        Assert.True(sentAt[1] - lastNoise >= TimeSpan.FromMilliseconds(2), $"{sentAt[1]} after {lastNoise}");
        Assert.True(client.Counters.DrainedBytes > 0);
    }

    [Fact]
    public void A_caller_that_cancels_leaves_nothing_open()
    {
        var clock = new VirtualClock();
        var line = new FakeLine(_ => { });
        var client = new ModbusClient(new FakeTransport(false, () => line), new(), clock);
        using var stop = new CancellationTokenSource();
        clock.Schedule(Pause, stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => clock.Run(async () =>
        {
            await client.OpenAsync(default);
            return await client.ReadAsync(1, Range, stop.Token);
        }));
        Assert.True(line.IsClosed);
        Assert.Equal(Pause, clock.Elapsed);
    }

    [Fact]
    public void A_peer_that_closes_is_an_outcome()
    {
        FakeLine line = null!;
        line = new FakeLine(_ => line.End());
        var clock = new VirtualClock();
        var client = new ModbusClient(new FakeTransport(false, () => line), new(), clock);
        Assert.Equal(ReadOutcome.Disconnected, clock.Run(async () =>
        {
            await client.OpenAsync(default);
            return (await client.ReadAsync(1, Range, default)).Outcome;
        }));
        Assert.False(client.IsOpen);
    }

    [Theory]
    [InlineData(9_600, 4010)]
    [InlineData(19_200, 2005)]
    [InlineData(38_400, 1750)]
    [InlineData(115_200, 1750)]
    public void The_silence_of_a_serial_line_is_three_and_a_half_characters(int baudRate, int microseconds) =>
        Assert.Equal(
            microseconds, new SerialTransport("any") { BaudRate = baudRate }.Quiet.TotalMicroseconds, tolerance: 1);
}
