using MQTTnet;

namespace EdgeAgent.Sinks.Mqtt;

/// <summary>What a PUBACK means for a message: MQTT 5, 3.4.2.1, as a decision.</summary>
/// <param name="State">Where the row goes.</param>
/// <param name="Reason">For people; empty if published.</param>
/// <param name="Effect">What else follows.</param>
internal readonly record struct PublishReply(OutboxState State, string Reason, PublishReplyEffect Effect)
{
    public static readonly PublishReply Published = new(OutboxState.Published, "", PublishReplyEffect.None);

    public static PublishReply From(MqttClientPublishReasonCode code, string? said)
    {
        var reason = string.IsNullOrEmpty(said) ? $"0x{(int)code:X2} {code}" : $"0x{(int)code:X2} {code}: {said}";
        return code switch
        {
            // A success code, and yet nobody got the message.
            MqttClientPublishReasonCode.NoMatchingSubscribers =>
                new(OutboxState.Queued, reason, PublishReplyEffect.BackOff),

            // Our packet identifiers are free again only after a PUBACK, so the two sides disagree on the session.
            MqttClientPublishReasonCode.PacketIdentifierInUse =>
                new(OutboxState.Queued, reason, PublishReplyEffect.Reconnect),

            // The broker's own trouble, not the message's.
            MqttClientPublishReasonCode.UnspecifiedError or MqttClientPublishReasonCode.ImplementationSpecificError =>
                new(OutboxState.Queued, reason, PublishReplyEffect.BackOff),

            // NotAuthorized, TopicNameInvalid, QuotaExceeded, PayloadFormatInvalid, and what a later version may add.
            >= MqttClientPublishReasonCode.UnspecifiedError => new(OutboxState.Parked, reason, PublishReplyEffect.None),
            _ => Published,
        };
    }
}

internal enum PublishReplyEffect
{
    None,

    /// <summary>Go on with the next message, and come back to this one after a while.</summary>
    BackOff,

    /// <summary>The connection is of no more use.</summary>
    Reconnect,
}
