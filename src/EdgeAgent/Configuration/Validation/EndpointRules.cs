using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Validation;

/// <summary>Endpoints against each other and against the devices behind them.</summary>
internal static class EndpointRules
{
    public static NameIndex<EndpointConfig> Index(AgentConfig? agent, JsonSection? json)
    {
        var index = new NameIndex<EndpointConfig>(("端点", "endpoint"), ConfigFile.Agent.Name, agent is not null);
        if (agent is null || json is null)
        {
            return index;
        }

        var sections = json.Sections("endpoints");
        var addresses = new Dictionary<string, Place>(StringComparer.Ordinal);
        for (var i = 0; i < agent.Endpoints.Count; i++)
        {
            var endpoint = agent.Endpoints[i];
            index.Add(sections[i]["name"], endpoint);
            var field = sections[i][endpoint.AddressKey];
            if (field.IsMissing || endpoint.Address.Length == 0 || addresses.TryAdd(endpoint.Address, field.Place))
            {
                continue;
            }

            field.Error(
                ($"：{endpoint.Address} 已经是第 {addresses[endpoint.Address].Line} 行的端点",
                    $"makes a second endpoint at {endpoint.Address}, first on line {addresses[endpoint.Address].Line}"),
                endpoint.Protocol == EndpointProtocol.OpcUa
                    ? ("同一服务器的设备写同一个端点", "one endpoint for all devices of a server")
                    : (Bilingual)("同一连接上的设备写同一个端点，用 devices.csv 的 unit 区分",
                        "one endpoint for all devices behind a connection; tell them apart by unit in devices.csv"));
        }

        return index;
    }

    public static void WarnOfUnused(
        AgentConfig agent, JsonSection json, IReadOnlyList<Placed<DeviceConfig>> devices, bool areDevicesWhole)
    {
        if (!areDevicesWhole)
        {
            return;
        }

        var used = devices.Select(device => device.Value.Endpoint).ToHashSet(StringComparer.Ordinal);
        var sections = json.Sections("endpoints");
        for (var i = 0; i < agent.Endpoints.Count; i++)
        {
            if (agent.Endpoints[i].Name.Length > 0 && !used.Contains(agent.Endpoints[i].Name))
            {
                sections[i]["name"].Warn(
                    ($"：没有设备使用端点 {agent.Endpoints[i].Name}", $"{agent.Endpoints[i].Name} is used by no device"),
                    ("在 devices.csv 的 endpoint 列写上它，或删除", "name it in devices.csv, column endpoint, or remove it"));
            }
        }
    }
}
