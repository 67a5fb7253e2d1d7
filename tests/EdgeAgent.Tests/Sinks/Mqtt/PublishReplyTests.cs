using EdgeAgent.Sinks;
using EdgeAgent.Sinks.Mqtt;
using MQTTnet;

namespace EdgeAgent.Tests.Sinks.Mqtt;

public sealed class PublishReplyTests
{
    [Theory]
    [InlineData(0x00, OutboxState.Published, PublishReplyEffect.None)]
    [InlineData(0x10, OutboxState.Queued, PublishReplyEffect.BackOff)]
    [InlineData(0x80, OutboxState.Queued, PublishReplyEffect.BackOff)]
    [InlineData(0x83, OutboxState.Queued, PublishReplyEffect.BackOff)]
    [InlineData(0x87, OutboxState.Parked, PublishReplyEffect.None)]
    [InlineData(0x90, OutboxState.Parked, PublishReplyEffect.None)]
    [InlineData(0x91, OutboxState.Queued, PublishReplyEffect.Reconnect)]
    [InlineData(0x97, OutboxState.Parked, PublishReplyEffect.None)]
    [InlineData(0x99, OutboxState.Parked, PublishReplyEffect.None)]
    [InlineData(0xFF, OutboxState.Parked, PublishReplyEffect.None)]
    public void Every_reason_code_of_a_puback_has_its_consequence(int code, object state, object effect)
    {
        var reply = PublishReply.From((MqttClientPublishReasonCode)code, "said");

        Assert.Equal(state, reply.State);
        Assert.Equal(effect, reply.Effect);
        Assert.Equal(reply.State == OutboxState.Published, reply.Reason.Length == 0);
    }

    [Fact]
    public void The_reason_names_code_and_the_brokers_words() => Assert.Equal(
        "0x87 NotAuthorized: no right on edge/x",
        PublishReply.From(MqttClientPublishReasonCode.NotAuthorized, "no right on edge/x").Reason);
}
