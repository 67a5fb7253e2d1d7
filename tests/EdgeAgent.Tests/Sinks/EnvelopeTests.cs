using System.Text;
using EdgeAgent.Sinks;

namespace EdgeAgent.Tests.Sinks;

public sealed class EnvelopeTests
{
    [Fact]
    public void The_payload_carries_the_id_and_is_the_same_every_time()
    {
        var one = Form();
        var other = Form();

        Assert.Equal(
            """{"id":"k-1","agent":"网关1","body":{"value":"0.85"}}""", Encoding.UTF8.GetString(one.Payload.Span));
        Assert.True(one.Payload.Span.SequenceEqual(other.Payload.Span));

        static OutboxMessage Form() => Envelope.Form(
            "k-1", "edge/网关1/kpi", "网关1", "0.85",
            static (json, value) =>
            {
                json.WriteStartObject();
                json.WriteString("value", value);
                json.WriteEndObject();
            });
    }

    [Theory]
    [InlineData("", "t")]
    [InlineData("id", "")]
    [InlineData("id", "a/#")]
    [InlineData("id", "a/+/b")]
    [InlineData("id", "a\0b")]
    public void A_message_no_broker_could_take_is_our_own_fault(string id, string topic) =>
        Assert.Throws<ArgumentException>(() => new OutboxMessage(id, topic, default).Validate());

    [Fact]
    public void A_message_has_limits()
    {
        Assert.Throws<ArgumentException>(() => new OutboxMessage(new('值', 171), "t", default).Validate());
        Assert.Throws<ArgumentException>(() => new OutboxMessage("id", new('t', 1025), default).Validate());
        Assert.Throws<ArgumentException>(() => new OutboxMessage("id", "t", new byte[1024 * 1024 + 1]).Validate());
        new OutboxMessage(new('值', 170), new('t', 1024), new byte[1024 * 1024]).Validate();
    }
}
