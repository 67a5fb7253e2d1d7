using System.Net.Security;
using System.Net.Sockets;
using EdgeAgent.Sinks.Mqtt;
using MQTTnet;

namespace EdgeAgent.Tests.Sinks.Mqtt;

public sealed class BrokerRefusalTests
{
    private static readonly MqttEndpoint Endpoint = new()
    {
        Host = "broker",
        Port = 8883,
        ClientId = "agent1",
        User = "anna",
        PasswordFile = "/etc/edgeagent/mqtt.password",
        Tls = new(),
    };

    [Fact]
    public void A_wrong_password_names_the_user_and_the_file()
    {
        var error = BrokerRefusal.FromConnack(Endpoint, MqttClientConnectResultCode.BadUserNameOrPassword, null);

        Assert.True(error.IsRefused);
        Assert.Contains("'anna'", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("/etc/edgeagent/mqtt.password", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x84, true)]
    [InlineData(0x85, true)]
    [InlineData(0x87, true)]
    [InlineData(0x88, false)]
    [InlineData(0x89, false)]
    [InlineData(0x8A, true)]
    [InlineData(0x97, false)]
    [InlineData(0x9C, true)]
    [InlineData(0x9D, true)]
    [InlineData(0x9F, false)]
    public void A_connack_that_time_can_heal_is_not_a_refusal(int code, bool refused)
    {
        var error = BrokerRefusal.FromConnack(Endpoint, (MqttClientConnectResultCode)code, "busy");

        Assert.Equal(refused, error.IsRefused);
        Assert.Contains($"0x{code:X2}", error.Reason, StringComparison.Ordinal);
        Assert.Contains("\"busy\"", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x8B, false)]
    [InlineData(0x8D, false)]
    [InlineData(0x8E, true)]
    [InlineData(0x93, false)]
    [InlineData(0x97, false)]
    [InlineData(0x98, true)]
    [InlineData(0x9D, true)]
    public void A_disconnect_is_told_in_words(int code, bool refused) => Assert.Equal(
        refused, BrokerRefusal.FromDisconnect(Endpoint, (MqttClientDisconnectReason)code, null).IsRefused);

    [Fact]
    public void A_certificate_that_is_not_trusted_is_a_refusal_with_every_reason()
    {
        var distrust = BrokerRefusal.Explain(
            SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable, null);
        var error = BrokerRefusal.FromError(Endpoint, new IOException("closed"), distrust);

        Assert.True(error.IsRefused);
        Assert.Contains("another host name", error.Reason, StringComparison.Ordinal);
        Assert.Null(BrokerRefusal.Explain(SslPolicyErrors.None, null));
    }

    [Fact]
    public void Nobody_listening_is_not_a_refusal()
    {
        var error = BrokerRefusal.FromError(
            Endpoint, new IOException("outer", new SocketException((int)SocketError.ConnectionRefused)), null);

        Assert.False(error.IsRefused);
        Assert.Equal("Nothing listens at mqtts://broker:8883.", error.Reason);
    }
}
