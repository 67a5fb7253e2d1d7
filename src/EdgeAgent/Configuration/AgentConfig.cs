using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>agent.json: who the agent is, what it connects to, where it keeps and sends what it reads.</summary>
internal sealed record AgentConfig
{
    /// <summary>Unique among the agents that report to one platform; part of every topic and record.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Folder for journal, outbox and snapshots, relative to the configuration folder or absolute.</summary>
    public required string DataFolder { get; init; }

    public required IReadOnlyList<EndpointConfig> Endpoints { get; init; }

    public required JournalConfig Journal { get; init; }

    /// <summary>Null where nothing is published.</summary>
    public required MqttConfig? Mqtt { get; init; }

    /// <summary>Null where no time-series server is written to.</summary>
    public required TimeSeriesConfig? TimeSeries { get; init; }

    public required WebConfig Web { get; init; }

    public static AgentConfig Read(JsonSection json)
    {
        if (!json.Has("agent"))
        {
            json["agent"].Required("{ \"id\": \"gateway-1\", \"name\": \"一号网关\" }");
        }

        var agent = json.Section("agent");
        var id = agent?["id"].Id("gateway-1") ?? "";
        var config = new AgentConfig
        {
            Id = id,
            Name = agent?["name"].Line(id, example: "一号网关") ?? id,

            // No default: a gateway has one disk that is made for writing, and only its owner knows which.
            DataFolder = json["data"].Required("../data").Line(example: "../data"),
            Endpoints = [.. json.Sections("endpoints").Select(EndpointConfig.Read)],
            Journal = json.Section("journal") is { } journal ? JournalConfig.Read(journal) : JournalConfig.Default,
            Mqtt = json.Section("mqtt") is { } mqtt ? MqttConfig.Read(mqtt) : null,
            TimeSeries = json.Section("timeSeries") is { } timeSeries ? TimeSeriesConfig.Read(timeSeries) : null,
            Web = json.Section("web") is { } web ? WebConfig.Read(web) : WebConfig.Default,
        };
        agent?.Finish();
        json.Finish();
        return config;
    }
}
