using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>
/// The platform, as far as it matters here: it subscribes, comes back after every interruption, and tells a repeated
/// message by the id in its payload.
/// </summary>
internal sealed class TestSubscriber : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly string _filter;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _isSubscribed;

    private TestSubscriber(MqttClientOptions options, string filter)
    {
        (_options, _filter) = (options, filter);
        _running = RunAsync();
    }

    /// <summary>Every message in order of arrival, repetitions included: its id.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    /// <summary>Messages by id, each once.</summary>
    public ConcurrentDictionary<string, byte[]> Accepted { get; } = new();

    public int Duplicates => Arrived.Count - Accepted.Count;

    public static async Task<TestSubscriber> StartAsync(
        int port, string? user = null, string? password = null, string filter = "edge/#")
    {
        var subscriber = new TestSubscriber(
            new()
            {
                ProtocolVersion = MqttProtocolVersion.V500,
                ClientId = "platform-" + Guid.NewGuid().ToString("N"),
                CleanSession = true,
                Credentials = user is null
                    ? null
                    : new MqttClientCredentials(user, System.Text.Encoding.UTF8.GetBytes(password!)),
                ChannelOptions = new MqttClientTcpOptions
                {
                    RemoteEndpoint = new System.Net.DnsEndPoint("127.0.0.1", port),
                    NoDelay = true,
                    TlsOptions = new() { UseTls = false },
                },
            },
            filter);
        await Peers.Eventually.TrueAsync(() => subscriber._isSubscribed);
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            client.ApplicationMessageReceivedAsync += Receive;
            try
            {
                await client.ConnectAsync(_options, _stop.Token);

                // QoS 0: a broker that is killed has then nothing in memory that it had acknowledged and not passed on.
                await client.SubscribeAsync(
                    new MqttClientSubscribeOptions
                    {
                        TopicFilters =
                            [new() { Topic = _filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce }],
                    },
                    _stop.Token);
                _isSubscribed = true;
                while (client.IsConnected)
                {
                    await Task.Delay(20, _stop.Token);
                }
            }
            catch (Exception) when (!_stop.IsCancellationRequested)
            {
                await Task.Delay(20);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        var payload = message.ApplicationMessage.Payload.ToArray();
        using var json = JsonDocument.Parse(payload);
        var id = json.RootElement.GetProperty("id").GetString()!;
        if (!Accepted.TryAdd(id, payload))
        {
            Assert.Equal(Accepted[id], payload);
        }

        Arrived.Enqueue(id);
        return Task.CompletedTask;
    }
}
