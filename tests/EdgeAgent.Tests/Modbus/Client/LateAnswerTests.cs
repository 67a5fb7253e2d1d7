using System.Buffers.Binary;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Framing;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>
/// A line whose answers come late, twice, out of order or not at all. Each value says to which address and to which
/// request it belongs, so a number in the wrong place cannot hide.
/// </summary>
public sealed class LateAnswerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1, CopiesAre.Never)]
    [InlineData(2, CopiesAre.WithinTheQuietTime)]
    [InlineData(3, CopiesAre.AnyTimeWithinTheHorizon)]
    public async Task No_value_is_credited_to_the_wrong_register(int seed, CopiesAre copies)
    {
        await using var line = new BadLine(seed, copies);
        var tally = line.Run(requests: 100_000);

        Assert.Equal(0, tally.WrongRegister);
        Assert.Equal(0, tally.TooOld);

        // The line must have been as bad as promised, and still of use.
        Assert.True(tally.Late > 5_000, $"{tally}");
        Assert.True(tally.Right > 30_000, $"{tally}");
        Assert.True(copies == CopiesAre.Never || tally.Copies > 3_000, $"{tally}");
    }

    [Fact]
    public async Task Without_the_guard_the_same_line_does_give_wrong_numbers()
    {
        await using var line = new BadLine(seed: 1, CopiesAre.Never, horizon: TimeSpan.Zero);
        var tally = line.Run(requests: 20_000);
        Assert.True(tally.WrongRegister > 0, $"The test line is too kind to prove anything: {tally}");
    }

    public enum CopiesAre
    {
        Never,
        WithinTheQuietTime,
        AnyTimeWithinTheHorizon,
    }

    private sealed record Tally
    {
        public int Right { get; set; }

        public int WrongRegister { get; set; }

        public int TooOld { get; set; }

        public int Late { get; set; }

        public int Copies { get; set; }

        public int HeldBack { get; set; }
    }

    private sealed class BadLine : IAsyncDisposable
    {
        // Two registers a point: the address, and the low 16 bits of the number of the request.
        private static readonly int[] Addresses = [100, 200, 300, 400];
        private static readonly int[] Quantities = [2, 4, 6];

        private readonly VirtualClock _clock = new();
        private readonly Random _random;
        private readonly CopiesAre _copies;
        private readonly FakeLine _line;
        private readonly ModbusClient _client;
        private readonly Tally _tally = new();
        private readonly TimeSpan[] _sentAt = new TimeSpan[ushort.MaxValue + 1];
        private AddressRange _last = new(ModbusFunction.ReadHoldingRegisters, 100, 2);
        private byte _lastUnit = 1;
        private ushort _sequence;

        public BadLine(int seed, CopiesAre copies, TimeSpan? horizon = null)
        {
            _random = new(seed);
            _copies = copies;
            _line = new(Answer);
            _client = new(
                new FakeTransport(true, () => _line),
                new() { Timeout = Timeout, LateAnswerHorizon = horizon ?? Horizon }, _clock);
        }

        public ValueTask DisposeAsync() => _client.DisposeAsync();

        public Tally Run(int requests)
        {
            _clock.Run(async () =>
            {
                Assert.True(await _client.OpenAsync(default));
                if (_copies == CopiesAre.AnyTimeWithinTheHorizon)
                {
                    await ShowARepeatedFrameAsync();
                }

                while (_client.Counters.Requests < requests)
                {
                    if (!_client.IsOpen)
                    {
                        Assert.True(await _client.OpenAsync(default));
                    }

                    await AskAsync();
                }
            });
            return _tally;
        }

        // The guard assumes copies of any age once it has seen one where nobody waited.
        private async Task ShowARepeatedFrameAsync()
        {
            var range = new AddressRange(ModbusFunction.ReadInputRegisters, 1, 1);
            _ = await _client.ReadAsync(9, range, default);
            _ = await _client.ReadAsync(9, range, default);
            Assert.True(_client.RepeatsFrames);
        }

        private async Task AskAsync()
        {
            // Much the same again and again, as polls and retries are: that is where confusions come from.
            var kind = _random.Next(10);
            if (kind < 3)
            {
                _lastUnit = (byte)_random.Next(1, 4);
                _last = _last with { Quantity = Quantities[_random.Next(Quantities.Length)] };
            }

            if (kind < 6)
            {
                _last = _last with { Address = Addresses[_random.Next(Addresses.Length)] };
            }

            var (unit, range) = (_lastUnit, _last);
            var result = await _client.ReadAsync(unit, range, default);
            if (result.Outcome == ReadOutcome.HeldBack)
            {
                _tally.HeldBack++;
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 400)), _clock);
            }
            else if (result.Outcome == ReadOutcome.Answered)
            {
                Check(unit, range, result.Data.Span);
            }
        }

        private void Check(byte unit, in AddressRange range, ReadOnlySpan<byte> data)
        {
            for (var i = 0; i < range.Quantity; i += 2)
            {
                var owner = BinaryPrimitives.ReadUInt16BigEndian(data[(i * 2)..]);
                var sequence = BinaryPrimitives.ReadUInt16BigEndian(data[((i * 2) + 2)..]);
                if (owner != range.Address + i + (unit * 1000))
                {
                    _tally.WrongRegister++;
                }
                else if (_clock.Elapsed - _sentAt[sequence] > Horizon)
                {
                    _tally.TooOld++;
                }
                else
                {
                    _tally.Right++;
                }
            }
        }

        private void Answer(byte[] request)
        {
            if (!ReadRequest.TryRead(request.AsSpan(1, ReadRequest.PduLength), out var read))
            {
                throw new InvalidOperationException("The client sent something else.");
            }

            _sequence++;
            _sentAt[_sequence] = _clock.Elapsed;
            var frame = _random.Next(8) == 0 ? Refusal(request[0], read) : Values(request[0], read);
            if (request[0] == 9)
            {
                Deliver(frame, TimeSpan.FromMilliseconds(1));
                Deliver(frame, TimeSpan.FromMilliseconds(2));
                return;
            }

            switch (_random.Next(20))
            {
                case 0:
                    break; // Lost.
                case 1 or 2 or 3:
                    _tally.Late++;
                    var spread = _random.Next(2) == 0 ? Timeout : Horizon - Timeout;
                    Deliver(frame, Timeout + (spread * _random.NextDouble() * 0.99));
                    break;
                case 4:
                    frame[^1] ^= 0x55; // Damaged.
                    Deliver(frame, TimeSpan.FromMilliseconds(5));
                    break;
                default:
                    Deliver(frame, TimeSpan.FromMilliseconds(_random.Next(1, 150)));
                    break;
            }
        }

        private void Deliver(byte[] frame, TimeSpan delay)
        {
            _clock.Schedule(delay, () => _line.Deliver(frame));
            if (_copies == CopiesAre.Never || _random.Next(10) != 0 || delay > Timeout)
            {
                return;
            }

            _tally.Copies++;
            var extra = _copies == CopiesAre.WithinTheQuietTime
                ? TimeSpan.FromMilliseconds(1)
                : (Horizon - delay) * _random.NextDouble() * 0.99;
            _clock.Schedule(delay + extra, () => _line.Deliver(frame));
        }

        private byte[] Values(byte unit, in ReadRequest read)
        {
            var frame = new byte[RtuFrame.RefusalLength + (read.Quantity * 2)];
            frame[1] = (byte)read.Function;
            frame[2] = (byte)(read.Quantity * 2);
            for (var i = 0; i + 1 < read.Quantity; i += 2)
            {
                var owner = (ushort)(read.Address + i + (unit * 1000));
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3 + (i * 2)), owner);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(5 + (i * 2)), _sequence);
            }

            RtuFrame.Write(frame, unit, ReadAnswer.DataOffset + (read.Quantity * 2));
            return frame;
        }

        private static byte[] Refusal(byte unit, in ReadRequest read)
        {
            var frame = new byte[RtuFrame.RefusalLength];
            frame[1] = (byte)((byte)read.Function | ReadAnswer.RefusalFlag);
            frame[2] = (byte)ModbusExceptionCode.ServerDeviceBusy;
            RtuFrame.Write(frame, unit, ReadAnswer.RefusalLength);
            return frame;
        }
    }
}
