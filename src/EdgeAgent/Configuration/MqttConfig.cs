using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>"mqtt" in agent.json: the broker that results are published to.</summary>
internal sealed record MqttConfig
{
    // IANA: mqtt and secure-mqtt.
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Null: the agent's id.</summary>
    public required string? ClientId { get; init; }

    public required string? User { get; init; }

    /// <summary>A file that holds the password and nothing else.</summary>
    public required string? PasswordFile { get; init; }

    /// <summary>Null for a connection without TLS.</summary>
    public required TlsConfig? Tls { get; init; }

    /// <summary>First levels of every topic.</summary>
    public required string TopicPrefix { get; init; }

    /// <summary>Messages sent and not yet acknowledged.</summary>
    public required int InFlight { get; init; }

    public static MqttConfig Read(JsonSection json)
    {
        var tls = json.Section("tls") is { } section ? TlsConfig.Read(section) : null;
        var config = new MqttConfig
        {
            Host = json["host"].Required("broker.example.com").Host(),
            Port = json["port"].Integer(json.Has("tls") ? TlsPort : PlainPort, 1, 65535),
            ClientId = json["clientId"].LineOrNull(maxLength: 128, example: "gateway-1"),
            User = json["user"].LineOrNull(example: "gateway-1"),
            PasswordFile = json["passwordFile"].LineOrNull(example: "mqtt.password"),
            Tls = tls,
            TopicPrefix = ReadTopicPrefix(json["topicPrefix"]),

            // Half of Mosquitto's default of 20 for what it keeps in flight itself; on a 100 ms line 100 messages a
            // second.
            InFlight = json["inFlight"].Integer(10, 1, 65535),
        };
        if (config.PasswordFile is not null && config.User is null)
        {
            json["passwordFile"].Warn(("没有配 user", "without a user"), ("加上 \"user\"", "add \"user\""));
        }

        if (config.PasswordFile is not null && !json.Has("tls") && !Loopback.Is(config.Host))
        {
            json["passwordFile"].Warn(
                ("：密码将不加密地发给另一台机器", "sends the password unencrypted to another machine"),
                ("加上 \"tls\": { \"ca\": \"ca.pem\" }", "add \"tls\": { \"ca\": \"ca.pem\" }"));
        }

        json.Finish();
        return config;
    }

    // MQTT 5.0, 4.7.1 and 4.7.3: wildcards and NUL are for subscribers; a leading / would make an empty first level.
    private static string ReadTopicPrefix(Field field)
    {
        var prefix = field.Line("edgeagent", maxLength: 128, example: "plant/line1");
        if (prefix.Length == 0 || prefix.AsSpan().IndexOfAny("+#$ ") >= 0 ||
            prefix.StartsWith('/') || prefix.EndsWith('/') || prefix.Contains("//", StringComparison.Ordinal))
        {
            field.Error(
                ($"不能用作主题前缀：{Quoted.Of(prefix)}", $"is not a topic prefix: {Quoted.Of(prefix)}"),
                ("不含 + # $ 和空格，两端没有 /，例如 plant/line1", "without + # $ and blanks, no / at the ends, like plant/line1"));
        }

        return prefix;
    }
}
