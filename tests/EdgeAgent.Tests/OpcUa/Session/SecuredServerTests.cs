using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class SecuredServerTests
{
    [Theory]
    [InlineData("opc.tcp://192.0.2.7:4840", "opc.tcp://plc:4840/UA/Rig", "opc.tcp://192.0.2.7:4840/UA/Rig")]
    [InlineData("opc.tcp://192.0.2.7:14840", "opc.tcp://plc:4840", "opc.tcp://192.0.2.7:14840")]
    [InlineData("opc.tcp://192.0.2.7:4840/mine", "opc.tcp://plc:4840/UA/Rig", "opc.tcp://192.0.2.7:4840/mine")]
    [InlineData("opc.tcp://192.0.2.7:4840", null, "opc.tcp://192.0.2.7:4840")]
    [InlineData("opc.tcp://192.0.2.7:4840", "nonsense", "opc.tcp://192.0.2.7:4840")]
    public void Host_and_port_are_those_the_user_wrote_and_the_path_is_the_servers(
        string written, string? announced, string expected)
    {
        Assert.Equal(new Uri(expected), SecuredServer.UrlOf(new(written), announced));
    }
}
