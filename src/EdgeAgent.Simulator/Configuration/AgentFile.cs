using static System.FormattableString;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>agent.json: the endpoints, and where the data goes.</summary>
internal static class AgentFile
{
    // Of the system's clock. Loopback answers in microseconds; a machine that is busy starting may take a second.
    private const int TimeoutSeconds = 3;

    private const int KeepAliveSeconds = 10;
    private const int LifetimeSeconds = 60;

    // Of plant seconds: a machine that is busy for a moment is away for many of them.
    private const int QueueSize = 1_000;

    // The longest an agent may be told to wait.
    private const int MaxTimeoutSeconds = 60;
    private const int MaxKeepAliveSeconds = 600;
    private const int MaxLifetimeSeconds = 7_200;

    public static string Write(PlantConfiguration plant) => JsonText.Object(json =>
    {
        json.WriteStartObject("agent");
        json.WriteString("id", plant.AgentId);
        json.WriteString("name", "营口镁质材料示范工厂网关");
        json.WriteEndObject();
        json.WriteString("data", plant.DataFolder);
        json.Array("endpoints", plant.Endpoints.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal), endpoint =>
        {
            json.WriteString("name", endpoint.Key);
            if (plant.OpcUaLines.Contains(endpoint.Key))
            {
                json.WriteString("protocol", "opc-ua");
                json.WriteString("url", Invariant($"opc.tcp://127.0.0.1:{endpoint.Value}"));
                json.WriteString("publishingInterval", "500ms");
                json.WriteString("keepAlive", Seconds(KeepAliveSeconds * plant.Speed, MaxKeepAliveSeconds));
                json.WriteNumber("queueSize", QueueSize);
                json.WriteString("lifetime", Seconds(LifetimeSeconds * plant.Speed, MaxLifetimeSeconds));
            }
            else
            {
                json.WriteString("protocol", "modbus-tcp");
                json.WriteString("host", "127.0.0.1");
                json.WriteNumber("port", endpoint.Value);
            }

            json.WriteString("timeout", Seconds(TimeoutSeconds * plant.Speed, MaxTimeoutSeconds));
        });
        if (plant.MqttPort is { } mqttPort)
        {
            json.WriteStartObject("mqtt");
            json.WriteString("host", "127.0.0.1");
            json.WriteNumber("port", mqttPort);
            json.WriteEndObject();
        }

        if (plant.WebPort is { } webPort)
        {
            json.WriteStartObject("web");
            json.WriteString("address", "127.0.0.1");
            json.WriteNumber("port", webPort);
            json.WriteEndObject();
        }
    });

    private static string Seconds(long seconds, long max) => Invariant($"{Math.Min(seconds, max)}s");
}
