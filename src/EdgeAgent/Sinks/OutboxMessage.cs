using System.Text;

namespace EdgeAgent.Sinks;

/// <summary>One message on its way out.</summary>
/// <param name="Id">
/// The dedupe id: a function of what the message is about, never of the attempt to send it. The same id always
/// carries the same bytes, so a receiver that has seen it may drop it.
/// </param>
/// <param name="Topic">The whole MQTT topic, without wildcards.</param>
/// <param name="Payload">The bytes as they go out, made by <see cref="Envelope"/>.</param>
internal sealed record OutboxMessage(string Id, string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Room for agent, formula, scope and period; more would be a payload in disguise.</summary>
    public const int IdBytesMax = 512;

    /// <summary>MQTT allows 65,535 bytes; brokers and people stop long before.</summary>
    public const int TopicBytesMax = 1024;

    /// <summary>Brokers commonly refuse more, and a gateway keeps whole rounds of messages in memory.</summary>
    public const int PayloadBytesMax = 1024 * 1024;

    /// <exception cref="ArgumentException">A part is empty, too long, or not usable as an MQTT topic.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Id);
        ArgumentException.ThrowIfNullOrEmpty(Topic);
        if (Encoding.UTF8.GetByteCount(Id) > IdBytesMax)
        {
            throw new ArgumentException($"The id '{Id[..40]}…' is longer than {IdBytesMax} bytes.");
        }

        if (Encoding.UTF8.GetByteCount(Topic) > TopicBytesMax || Topic.AsSpan().ContainsAny('+', '#', '\0'))
        {
            throw new ArgumentException($"The topic of message '{Id}' is too long or holds '+', '#' or NUL.");
        }

        if (Payload.Length > PayloadBytesMax)
        {
            throw new ArgumentException(
                $"The payload of message '{Id}' has {Payload.Length} bytes, at most {PayloadBytesMax}.");
        }
    }
}
