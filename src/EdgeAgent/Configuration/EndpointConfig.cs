using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>One of "endpoints" in agent.json: a connection with all devices behind it.</summary>
internal abstract record EndpointConfig
{
    public required string Name { get; init; }

    public required EndpointProtocol Protocol { get; init; }

    /// <summary>Longest wait for an answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>What two endpoints may not share.</summary>
    public abstract string Address { get; }

    /// <summary>The key in which <see cref="Address"/> is written.</summary>
    public abstract string AddressKey { get; }

    public static EndpointConfig Read(JsonSection json)
    {
        var name = json["name"].Id("plc1");
        var protocol = json["protocol"].Required("modbus-tcp")
            .Choice(EndpointProtocol.ModbusTcp, EndpointProtocols.Words);
        EndpointConfig config = protocol == EndpointProtocol.OpcUa
            ? OpcUaEndpointConfig.Read(name, json)
            : ModbusEndpointConfig.Read(name, protocol, json);
        json.Finish();
        return config;
    }

    /// <summary>Reports keys that belong to another protocol.</summary>
    protected static void Refuse(JsonSection json, EndpointProtocol protocol, IEnumerable<string> keys)
    {
        var word = EndpointProtocols.Words.WordOf(protocol);
        foreach (var key in keys.Where(json.Has))
        {
            json[key].Error(
                ($"：{word} 没有这一项", $"does not apply to {word}"),
                ("删除它，或改 protocol", "remove it, or change protocol"));
        }
    }
}
