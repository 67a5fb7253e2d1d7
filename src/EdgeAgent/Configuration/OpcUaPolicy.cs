using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>Security policy of an OPC UA endpoint (Part 7, 6.6); deprecated ones do not exist here.</summary>
internal enum OpcUaPolicy
{
    /// <summary>The strongest that the server offers.</summary>
    Best,
    Aes256Sha256RsaPss,
    Aes128Sha256RsaOaep,
    Basic256Sha256,
    None,
}

internal static class OpcUaPolicies
{
    public static readonly Choices<OpcUaPolicy> Words = new(
        (OpcUaPolicy.Best, ["best"]),
        (OpcUaPolicy.Aes256Sha256RsaPss, ["Aes256_Sha256_RsaPss"]),
        (OpcUaPolicy.Aes128Sha256RsaOaep, ["Aes128_Sha256_RsaOaep"]),
        (OpcUaPolicy.Basic256Sha256, ["Basic256Sha256"]),
        (OpcUaPolicy.None, ["None"]));

    private static readonly string[] Deprecated = ["Basic128Rsa15", "Basic256"];

    public static OpcUaPolicy Read(Field field)
    {
        if (!Deprecated.Contains(field.Text, StringComparer.OrdinalIgnoreCase))
        {
            return field.Choice(OpcUaPolicy.Best, Words);
        }

        field.Error(
            ($"：{field.Text} 已被废弃，不再安全，本程序没有实现",
                $"is {field.Text}, which is deprecated, no longer safe and does not exist here"),
            ("在服务器上启用 Basic256Sha256 或更强的策略",
                "enable Basic256Sha256 or a stronger policy on the server"));
        return OpcUaPolicy.Best;
    }
}
