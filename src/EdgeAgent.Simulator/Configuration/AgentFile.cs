using System.Globalization;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>agent.json: the endpoints, and where the data goes.</summary>
internal static class AgentFile
{
    // Of the system's clock. Loopback answers in microseconds; a machine that is busy starting may take a second.
    private const int TimeoutSeconds = 3;

    // The longest an agent may be told to wait.
    private const int MaxTimeoutSeconds = 60;

    public static string Write(PlantConfiguration plant) => JsonText.Object(json =>
    {
        json.WriteStartObject("agent");
        json.WriteString("id", plant.AgentId);
        json.WriteString("name", "营口镁质材料示范工厂网关");
        json.WriteEndObject();
        json.WriteString("data", plant.DataFolder);
        json.Array("endpoints", plant.Endpoints.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal), endpoint =>
        {
            var timeout = Math.Min(MaxTimeoutSeconds, (long)TimeoutSeconds * plant.Speed);
            json.WriteString("name", endpoint.Key);
            json.WriteString("protocol", "modbus-tcp");
            json.WriteString("host", "127.0.0.1");
            json.WriteNumber("port", endpoint.Value);
            json.WriteString("timeout", string.Create(CultureInfo.InvariantCulture, $"{timeout}s"));
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
}
