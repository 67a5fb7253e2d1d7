using System.Collections.Concurrent;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Framing;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Server;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>
/// The product's own server behind a fake line, without sockets. Unit 1 exists and its holding registers hold their
/// addresses.
/// </summary>
internal sealed class FakePlant
{
    private readonly ConcurrentDictionary<byte, ModbusUnit> _units = new();
    private readonly ModbusResponder _responder;
    private readonly bool _isRtu;
    private FakeLine _line = null!;

    public FakePlant(bool isRtu = false, VirtualClock? clock = null)
    {
        _isRtu = isRtu;
        Clock = clock ?? new();
        _responder = new(_units);
        Unit = AddUnit(1);
        Transport = new FakeTransport(isRtu, Connect);
        Client = new(Transport, new(), Clock);
    }

    public VirtualClock Clock { get; }

    public FakeTransport Transport { get; }

    public ModbusClient Client { get; }

    public ModbusUnit Unit { get; }

    public Func<ModbusRequest, ModbusFault>? Fault { get; set; }

    /// <summary>Time the units take to answer.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether nobody listens any more.</summary>
    public bool IsDown { get; set; }

    public int Requests { get; set; }

    public List<(int Address, int Quantity)> Asked { get; } = [];

    /// <summary>Every request with its time and unit.</summary>
    public List<(TimeSpan Time, byte Unit)> Log { get; } = [];

    public ModbusUnit AddUnit(byte identifier)
    {
        var unit = new ModbusUnit(coils: 100, holdingRegisters: 1000);
        unit.Update(tables =>
        {
            for (var address = 0; address < 1000; address++)
            {
                tables.SetUInt16(ModbusFunction.ReadHoldingRegisters, address, (ushort)address);
            }
        });
        _units[identifier] = unit;
        return unit;
    }

    public UnitReader Reader(AddressRange[] points, int retries = 0, PlanLimits? limits = null) =>
        new(Client, 1, points, new() { Retries = retries, Limits = limits ?? new() }, Clock);

    public (RecordingSink Sink, PollOutcome Outcome) Poll(
        UnitReader reader, AddressRange[] points, bool isProbe = false)
    {
        var sink = new RecordingSink(points);
        var outcome = Clock.Run(async () =>
        {
            if (!Client.IsOpen)
            {
                Assert.True(await Client.OpenAsync(default));
            }

            TimeSpan? probe = isProbe ? TimeSpan.FromMilliseconds(100) : null;
            return await reader.PollAsync(sink, TimeSpan.FromSeconds(1), probe, default);
        });
        Assert.Equal(points.Length, sink.Data.Count + sink.Failures.Count);
        return (sink, outcome);
    }

    private FakeLine Connect()
    {
        if (IsDown)
        {
            throw new IOException("Nobody listens.");
        }

        FakeLine line = null!;
        line = new FakeLine(request => Answer(line, request));
        return _line = line;
    }

    /// <summary>Breaks the connection from the other end.</summary>
    public void Break() => _line.End();

    private void Answer(FakeLine line, byte[] bytes)
    {
        if (IsDown)
        {
            return;
        }

        Requests++;
        var pduAt = _isRtu ? RtuFrame.HeaderLength : MbapFrame.HeaderLength;
        var unit = bytes[pduAt - 1];
        var pdu = bytes.AsSpan(pduAt, ReadRequest.PduLength);
        var request = _responder.Describe(unit, pdu);
        Asked.Add((request.Address, request.Quantity));
        Log.Add((Clock.Elapsed, unit));
        var fault = Fault?.Invoke(request) ?? default;
        if (fault.IsSilent)
        {
            return;
        }

        var frame = new byte[MbapFrame.MaxLength];
        var length = _responder.Answer(request, pdu, fault, frame.AsSpan(pduAt));
        if (length == 0)
        {
            return;
        }

        length = _isRtu
            ? RtuFrame.Write(frame, unit, length)
            : MbapFrame.Write(frame, (ushort)((bytes[0] << 8) | bytes[1]), unit, length);
        Clock.Schedule(Latency + fault.Pause, () => line.Deliver(frame.AsSpan(0, length)));
    }
}
