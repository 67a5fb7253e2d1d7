using System.Buffers.Binary;
using System.Text;
using EdgeAgent.Sinks;

namespace EdgeAgent.Tests.Sinks;

public sealed class RowChecksumTests
{
    [Fact]
    public void It_is_crc_32c_of_the_drawn_layout()
    {
        var payload = Encoding.UTF8.GetBytes("{\"值\":1}");
        var layout = new List<byte>();
        AppendText(layout, "id-一");
        AppendText(layout, "edge/a");
        layout.AddRange(payload);

        Assert.Equal(0xE306_9283u, BitByBit("123456789"u8)); // The check value of the CRC catalogue.
        Assert.Equal(BitByBit([.. layout]), RowChecksum.OfMessage("id-一", "edge/a", payload));
    }

    [Fact]
    public void Moving_a_byte_from_the_id_to_the_topic_changes_it() =>
        Assert.NotEqual(RowChecksum.OfMessage("ab", "c", "x"u8), RowChecksum.OfMessage("a", "bc", "x"u8));

    [Fact]
    public void Every_flipped_bit_changes_it()
    {
        var payload = Encoding.UTF8.GetBytes("The quick brown fox jumps over the lazy dog.");
        var right = RowChecksum.OfMessage("id", "topic", payload);
        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(right, RowChecksum.OfMessage("id", "topic", payload));
            payload[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static void AppendText(List<byte> layout, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        layout.AddRange(length);
        layout.AddRange(bytes);
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F6_3B78;
            }
        }

        return ~crc;
    }
}
