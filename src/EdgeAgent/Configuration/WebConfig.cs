using System.Net;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>"web" in agent.json: where the status page is served.</summary>
internal sealed record WebConfig
{
    public static WebConfig Default { get; } = Read(JsonSection.Empty());

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    public static WebConfig Read(JsonSection json)
    {
        var config = new WebConfig
        {
            Address = ReadAddress(json["address"]),

            // Unassigned by IANA, free on the gateways seen, and easy to remember.
            Port = json["port"].Integer(8480, 1, 65535),
        };
        json.Finish();
        return config;
    }

    private static IPAddress ReadAddress(Field field)
    {
        var text = field.Line("127.0.0.1", example: "127.0.0.1");
        if (text == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            field.Error(field.Not(("IP 地址", "an IP address")), field.Written("127.0.0.1"));
            return IPAddress.Loopback;
        }

        // The page has no log-in yet; what is not protected is not offered to a network.
        if (!IPAddress.IsLoopback(address))
        {
            field.Error(
                ($"{text} 会把没有登录的页面开放给网络，目前不允许",
                    $"{text} would offer a page without log-in to the network; not allowed yet"),
                ("\"address\": \"127.0.0.1\"，远程查看用 ssh -L 8480:127.0.0.1:8480",
                    "\"address\": \"127.0.0.1\", and ssh -L 8480:127.0.0.1:8480 to look from afar"));
            return IPAddress.Loopback;
        }

        return address;
    }
}
