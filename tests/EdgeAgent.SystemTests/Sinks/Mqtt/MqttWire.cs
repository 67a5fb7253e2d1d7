using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>The few parts of MQTT 5 that the tests speak themselves.</summary>
internal static class MqttWire
{
    /// <summary>
    /// One packet, or null at the end of the connection: first byte, body, and the size of the whole.
    /// </summary>
    public static async Task<(byte Header, byte[] Body, int Bytes)?> ReadPacketAsync(
        NetworkStream stream, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        if (await stream.ReadAsync(one, cancellationToken) == 0)
        {
            return null;
        }

        var header = one[0];
        int length = 0, lengthBytes = 0;
        do
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            length |= (one[0] & 0x7F) << (7 * lengthBytes++);
        }
        while ((one[0] & 0x80) != 0);

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (header, body, 1 + lengthBytes + length);
    }

    public static string ReadText(byte[] body, ref int at)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
        at += 2 + length;
        return Encoding.UTF8.GetString(body, at - length, length);
    }

    /// <summary>A variable byte integer (1.5.5).</summary>
    public static int ReadLength(byte[] body, ref int at)
    {
        var (length, shift) = (0, 0);
        do
        {
            length |= (body[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((body[at++] & 0x80) != 0);

        return length;
    }

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    /// <summary>A packet of at most 127 bytes.</summary>
    public static byte[] Packet(byte header, params byte[] body) => [header, checked((byte)body.Length), .. body];
}
