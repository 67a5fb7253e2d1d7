using System.Buffers;
using System.Text.Json;

namespace EdgeAgent.Sinks;

/// <summary>
/// The only place where the bytes of an outgoing message are formed:
/// <code>{"id":"…","agent":"…","body":{…}}</code>
/// The id stands inside the payload because bridges between brokers drop user properties. Nothing that changes
/// between two attempts (the time of sending, a counter) may go in: one id, one sequence of bytes.
/// <para>A signature over the body is added here, and nowhere else, when the agent gets keys.</para>
/// </summary>
internal static class Envelope
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Chinese names stay readable on the wire; the payload is never embedded in HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="writeBody">Writes exactly one JSON value, the same for the same id.</param>
    public static OutboxMessage Form<TBody>(
        string id, string topic, string agent, TBody body, Action<Utf8JsonWriter, TBody> writeBody)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("agent"u8, agent);
            json.WritePropertyName("body"u8);
            writeBody(json, body);
            json.WriteEndObject();
        }

        return new(id, topic, buffer.WrittenMemory);
    }
}
