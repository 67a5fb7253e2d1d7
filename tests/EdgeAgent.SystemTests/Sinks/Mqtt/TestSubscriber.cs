using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>
/// The platform, as far as it matters here: it subscribes, comes back after every interruption, and tells a repeated
/// message by the id in its payload. It speaks MQTT itself, because a client library may throw away what it has
/// received when the connection ends, and then nobody could say who lost it.
/// </summary>
internal sealed class TestSubscriber : IAsyncDisposable
{
    private const byte Publish = 3;
    private const byte SubscribeAck = 9;

    private readonly int _port;
    private readonly byte[] _connect;
    private readonly byte[] _subscribe;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _isSubscribed;

    private TestSubscriber(int port, string? user, string? password)
    {
        _port = port;
        byte flags = 0b10; // Clean start.
        byte[] credentials = [];
        if (user is not null)
        {
            flags |= 0b1100_0000;
            credentials = [.. MqttWire.Text(user), .. MqttWire.Text(password!)];
        }

        _connect = MqttWire.Packet(
            0x10, [.. MqttWire.Text("MQTT"), 5, flags, 0, 0, 0, .. MqttWire.Text("platform"), .. credentials]);

        // QoS 0: a broker that is killed has then nothing in memory that it had acknowledged and not passed on.
        _subscribe = MqttWire.Packet(0x82, [0, 1, 0, .. MqttWire.Text("edge/#"), 0]);
        _running = RunAsync();
    }

    /// <summary>Every message in order of arrival, repetitions included: its id.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    /// <summary>Messages by id, each once.</summary>
    public ConcurrentDictionary<string, byte[]> Accepted { get; } = new();

    /// <summary>Ids that came twice with different bytes.</summary>
    public ConcurrentQueue<string> Contradictions { get; } = new();

    public int Duplicates => Arrived.Count - Accepted.Count;

    public static async Task<TestSubscriber> StartAsync(int port, string? user = null, string? password = null)
    {
        var subscriber = new TestSubscriber(port, user, password);
        await Eventually.TrueAsync(() => subscriber._isSubscribed);
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Assert.Empty(Contradictions);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", _port, _stop.Token);
                var stream = client.GetStream();
                await stream.WriteAsync(_connect, _stop.Token);
                await stream.WriteAsync(_subscribe, _stop.Token);
                while (await MqttWire.ReadPacketAsync(stream, _stop.Token) is var (header, body, _))
                {
                    Receive(header, body);
                }
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                await Task.Delay(20);
            }
        }
    }

    private void Receive(byte header, byte[] body)
    {
        switch (header >> 4)
        {
            case SubscribeAck:
                _isSubscribed = true;
                break;
            case Publish:
                var at = 0;
                MqttWire.ReadText(body, ref at); // The topic.
                var properties = MqttWire.ReadLength(body, ref at);
                var payload = body[(at + properties)..];
                using (var json = JsonDocument.Parse(payload))
                {
                    var id = json.RootElement.GetProperty("id").GetString()!;
                    if (!Accepted.TryAdd(id, payload) && !Accepted[id].AsSpan().SequenceEqual(payload))
                    {
                        Contradictions.Enqueue(id);
                    }

                    Arrived.Enqueue(id);
                }

                break;
        }
    }
}
