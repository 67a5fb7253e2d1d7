using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

internal static class TestSettings
{
    public static ClientChannelSettings Secured(ClientChannelSettings settings, string policy, string mode) =>
        policy == "None" ? settings : settings with
        {
            Policy = SecurityPolicy.FindByName(policy)!,
            Mode = Enum.Parse<MessageSecurityMode>(mode),
            Certificate = TestCertificates.Of("client"),
            ServerCertificate = TestCertificates.Of("server").RawData,
        };
}
