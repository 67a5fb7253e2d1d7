using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>
/// The broker's half of MQTT 5, written from the standard and sharing no code with the client under test, which answers
/// as the test tells it and counts what a real broker would not show.
/// </summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private const byte Connect = 1;
    private const byte Publish = 3;
    private const byte PingRequest = 12;
    private const byte Disconnect = 14;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private TcpClient? _current;
    private int _inFlightMost;
    private int _connections;
    private int _pings;
    private int _disconnects;

    public ScriptedBroker()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public byte ConnackCode { get; set; }

    /// <summary>Properties of the CONNACK, encoded, see the static methods.</summary>
    public byte[] ConnackProperties { get; set; } = [];

    /// <summary>The reason code of the PUBACK for a message; null for none at all.</summary>
    public Func<Published, byte?> Answer { get; set; } = static _ => 0;

    /// <summary>How long each PUBACK is held back, so that the window of the client can be seen.</summary>
    public TimeSpan AckDelay { get; set; }

    public ConcurrentQueue<Published> Received { get; } = new();

    /// <summary>The most messages that were received and not acknowledged on one connection.</summary>
    public int InFlightMost => _inFlightMost;

    public int Connections => _connections;

    public int Pings => _pings;

    public int Disconnects => _disconnects;

    /// <summary>The last CONNECT, from its protocol name on.</summary>
    public byte[] LastConnect { get; private set; } = [];

    public static byte[] ReceiveMaximum(ushort value) => [0x21, (byte)(value >> 8), (byte)value];

    public static byte[] MaximumPacketSize(uint value)
    {
        var bytes = new byte[5];
        bytes[0] = 0x27;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    public static byte[] ServerKeepAlive(ushort seconds) => [0x13, (byte)(seconds >> 8), (byte)seconds];

    public static byte[] ReasonString(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0x1F, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    /// <summary>Says something of its own accord.</summary>
    public async Task SendAsync(params byte[] bytes) => await _current!.GetStream().WriteAsync(bytes);

    public void CutConnection() => _current?.Close();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        _current?.Close();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _current = client;
                _ = ServeAsync(client, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        var acks = Channel.CreateUnbounded<Published>();
        var inFlight = new StrongCount();
        try
        {
            var stream = client.GetStream();
            var acknowledging = AcknowledgeAsync(stream, acks.Reader, inFlight);
            while (await MqttWire.ReadPacketAsync(stream, _stop.Token) is var (header, body, bytes))
            {
                switch (header >> 4)
                {
                    case Connect:
                        LastConnect = body;
                        await SendConnackAsync(stream);
                        break;
                    case Publish:
                        var published = ParsePublish(connection, header, body, bytes);
                        var now = Interlocked.Increment(ref inFlight.Value);
                        _inFlightMost = Math.Max(_inFlightMost, now);
                        Received.Enqueue(published);
                        acks.Writer.TryWrite(published);
                        break;
                    case PingRequest:
                        Interlocked.Increment(ref _pings);
                        await stream.WriteAsync(new byte[] { 0xD0, 0 });
                        break;
                    case Disconnect:
                        Interlocked.Increment(ref _disconnects);
                        break;
                }
            }

            acks.Writer.Complete();
            await acknowledging;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException
            or OperationCanceledException)
        {
            // Cut by one side.
        }

        client.Close();
    }

    private async Task AcknowledgeAsync(NetworkStream stream, ChannelReader<Published> received, StrongCount inFlight)
    {
        await foreach (var message in received.ReadAllAsync(_stop.Token))
        {
            if (AckDelay > TimeSpan.Zero)
            {
                await Task.Delay(AckDelay, _stop.Token);
            }

            if (Answer(message) is not { } code)
            {
                continue;
            }

            Interlocked.Decrement(ref inFlight.Value);
            try
            {
                await stream.WriteAsync(
                    MqttWire.Packet(0x40, (byte)(message.PacketId >> 8), (byte)message.PacketId, code));
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task SendConnackAsync(NetworkStream stream)
    {
        var size = (byte)ConnackProperties.Length;
        byte[] packet = [0x20, (byte)(3 + size), 0, ConnackCode, size, .. ConnackProperties];
        await stream.WriteAsync(packet);
        if (ConnackCode != 0)
        {
            stream.Close();
        }
    }

    private static Published ParsePublish(int connection, byte header, byte[] body, int bytes)
    {
        Assert.Equal(1, (header >> 1) & 3); // QoS 1.
        var at = 0;
        var topic = MqttWire.ReadText(body, ref at);
        var packetId = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
        at += 2;
        var propertiesEnd = body[at] + at + 1;
        at++;
        string? id = null;
        while (at < propertiesEnd)
        {
            Assert.Equal(0x26, body[at++]); // Only a user property is expected.
            Assert.Equal("id", MqttWire.ReadText(body, ref at));
            id = MqttWire.ReadText(body, ref at);
        }

        return new(connection, packetId, topic, id, body[propertiesEnd..], bytes, (header & 8) != 0);
    }

    /// <summary>A PUBLISH as it came in.</summary>
    /// <param name="Id">The user property "id".</param>
    /// <param name="Bytes">The whole packet's size.</param>
    internal sealed record Published(
        int Connection, ushort PacketId, string Topic, string? Id, byte[] Payload, int Bytes, bool Duplicate);

    private sealed class StrongCount
    {
        public int Value;
    }
}
