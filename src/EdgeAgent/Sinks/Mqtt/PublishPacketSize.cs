using System.Text;

namespace EdgeAgent.Sinks.Mqtt;

// MQTT 5, 3.3: the PUBLISH we send, QoS 1, no topic alias
//
//     1       1..4       2      t      2        1..4        1     2    2    2   i     p
//   +------+-----------+-----+-------+-----+------------+------+-----+----+-----+----+---------+
//   | 0x32 | remaining |  t  | topic | id  | properties | 0x26 |  2  | id |  i  | id | payload |
//   +------+-----------+-----+-------+-----+------------+------+-----+----+-----+----+---------+
//                                             length      user property "id" = dedupe id
//
/// <summary>How many bytes a message takes on the wire, to be held against the broker's Maximum Packet Size.</summary>
internal static class PublishPacketSize
{
    /// <summary>The name of the user property; see <see cref="Envelope"/> for why the payload carries it too.</summary>
    public const string IdProperty = "id";

    public static int Of(OutboxMessage message)
    {
        var properties = 1 + 2 + IdProperty.Length + 2 + Encoding.UTF8.GetByteCount(message.Id);
        var remaining = 2 + Encoding.UTF8.GetByteCount(message.Topic) + 2
            + VariableByteInteger(properties) + properties + message.Payload.Length;
        return 1 + VariableByteInteger(remaining) + remaining;
    }

    // MQTT 5, 1.5.5: seven bits a byte.
    private static int VariableByteInteger(int value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };
}
