using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeAgent.Commands.Demo;

/// <summary>
/// What stands in for the provincial platform in the demo: an MQTT broker on loopback and one subscriber that keeps
/// each message once, by its dedupe id.
/// </summary>
internal sealed class DemoPlatform : IAsyncDisposable
{
    /// <summary>The topics of the demo, everything below this prefix.</summary>
    public const string TopicPrefix = "edgeagent";

    // A demo of an hour publishes a few thousand messages; beyond this the subscriber stops keeping and counts only.
    private const int MaxKept = 1_000_000;

    private readonly MqttServer _broker;
    private readonly IMqttClient _subscriber;
    private readonly ConcurrentDictionary<string, byte> _received = new();

    private DemoPlatform(int port)
    {
        Port = port;
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
            .Build();
        _broker = new MqttServerFactory().CreateMqttServer(options);
        _subscriber = new MqttClientFactory().CreateMqttClient();
        _subscriber.ApplicationMessageReceivedAsync += Receive;
    }

    public int Port { get; }

    /// <summary>Different messages received.</summary>
    public int ReceivedCount => _received.Count;

    /// <summary>Messages received more than once, which QoS 1 allows and the dedupe id makes harmless.</summary>
    public int DuplicateCount { get; private set; }

    public static async Task<DemoPlatform> StartAsync(CancellationToken cancellationToken)
    {
        var platform = new DemoPlatform(FreePort());
        await platform._broker.StartAsync();
        await platform._subscriber.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer(IPAddress.Loopback.ToString(), platform.Port)
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithClientId("demo-platform")
                .Build(),
            cancellationToken);
        await platform._subscriber.SubscribeAsync(
            $"{TopicPrefix}/#", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);
        return platform;
    }

    public async ValueTask DisposeAsync()
    {
        _subscriber.Dispose();
        await _broker.StopAsync();
        _broker.Dispose();
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        var property = message.ApplicationMessage.UserProperties?.FirstOrDefault(property => property.Name == "id");
        var id = property is null ? "" : Encoding.UTF8.GetString(property.ValueBuffer.Span);
        if (_received.Count < MaxKept && !_received.TryAdd(id, 0))
        {
            DuplicateCount++;
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// A port nobody listens on, from below the range that the system gives to outgoing connections, one of which could
    /// otherwise take it before the broker does.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(
                    IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 30_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody else's; another one.
            }
        }
    }
}
