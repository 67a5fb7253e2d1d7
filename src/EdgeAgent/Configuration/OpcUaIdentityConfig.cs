using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>
/// "identity" of an OPC UA endpoint: who the agent is to the server. A user name with the file of its password, or a
/// certificate with its key; anonymous without either.
/// </summary>
internal sealed record OpcUaIdentityConfig
{
    public static readonly OpcUaIdentityConfig Anonymous = Read(JsonSection.Empty());

    public required string? User { get; init; }

    /// <summary>A file that holds the password and nothing else.</summary>
    public required string? PasswordFile { get; init; }

    /// <summary>PEM file of the user's certificate.</summary>
    public required string? Certificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public required string? Key { get; init; }

    public static OpcUaIdentityConfig Read(JsonSection json)
    {
        var config = new OpcUaIdentityConfig
        {
            User = json["user"].LineOrNull(example: "edgeagent"),
            PasswordFile = json["passwordFile"].LineOrNull(example: "plc1.password"),
            Certificate = json["certificate"].LineOrNull(example: "opcua/user.pem"),
            Key = json["key"].LineOrNull(example: "opcua/user.key"),
        };
        Pair(json, "user", "passwordFile", "plc1.password", "edgeagent");
        Pair(json, "certificate", "key", "opcua/user.key", "opcua/user.pem");
        if (config.User is not null && config.Certificate is not null)
        {
            json["certificate"].Error(
                ("和 user 只能写一个", "and user exclude each other"),
                ("删除其中一种身份", "remove one of the two identities"));
        }

        json.Finish();
        return config;
    }

    private static void Pair(
        JsonSection json, string first, string second, string exampleOfSecond, string exampleOfFirst)
    {
        if (json.Has(first) && !json.Has(second))
        {
            json[first].Error(($"没有配 {second}", $"without {second}"), $"\"{second}\": \"{exampleOfSecond}\"");
        }
        else if (json.Has(second) && !json.Has(first))
        {
            json[second].Error(($"没有配 {first}", $"without {first}"), $"\"{first}\": \"{exampleOfFirst}\"");
        }
    }
}
