using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>A transport whose lines lead into the test.</summary>
internal sealed record FakeTransport(bool Rtu, Func<FakeLine> Connect) : ModbusTransport
{
    internal override bool IsRtu => Rtu;

    internal override TimeSpan Quiet => Rtu ? TimeSpan.FromMilliseconds(2) : TimeSpan.Zero;

    internal override ValueTask<Line> OpenAsync(CancellationToken cancellationToken) => new(Connect());
}
