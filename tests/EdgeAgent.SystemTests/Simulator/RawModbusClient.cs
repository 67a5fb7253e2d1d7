using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.SystemTests.Simulator;

/// <summary>
/// Just enough of Modbus TCP to ask one question and see the raw answer, so that the simulator is checked by something
/// other than the product's own client.
/// </summary>
internal sealed class RawModbusClient : IDisposable
{
    // Generous: only a broken server lets a test wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp = new();

    private RawModbusClient()
    {
    }

    public static async Task<RawModbusClient> ConnectAsync(int port)
    {
        var client = new RawModbusClient();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    /// <summary>The data bytes of the answer.</summary>
    public async Task<byte[]> ReadAsync(byte unit, byte function, int address, int quantity)
    {
        var pdu = await AskAsync(unit, function, address, quantity);
        Assert.Equal(function, pdu[0]);
        Assert.Equal(pdu.Length - 2, pdu[1]);
        return pdu[2..];
    }

    /// <summary>The exception code of the answer.</summary>
    public async Task<byte> ReadRefusalAsync(byte unit, byte function, int address, int quantity)
    {
        var pdu = await AskAsync(unit, function, address, quantity);
        Assert.Equal([(byte)(function | 0x80)], pdu[..1]);
        return pdu[1];
    }

    /// <summary>Sends a request and does not wait.</summary>
    public async Task SendAsync(byte unit, byte function, int address, int quantity, ushort transaction)
    {
        var request = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(request, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(4), 6);
        (request[6], request[7]) = (unit, function);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(8), (ushort)address);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(10), (ushort)quantity);
        await _tcp.GetStream().WriteAsync(request);
    }

    /// <summary>Waits for the next answer: its transaction and its PDU.</summary>
    public async Task<(ushort Transaction, byte[] Pdu)> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var header = new byte[7];
        await _tcp.GetStream().ReadExactlyAsync(header, patience.Token);
        var pdu = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(4)) - 1];
        await _tcp.GetStream().ReadExactlyAsync(pdu, patience.Token);
        return (BinaryPrimitives.ReadUInt16BigEndian(header), pdu);
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<byte[]> AskAsync(byte unit, byte function, int address, int quantity)
    {
        await SendAsync(unit, function, address, quantity, transaction: 1);
        return (await ReceiveAsync()).Pdu;
    }
}
