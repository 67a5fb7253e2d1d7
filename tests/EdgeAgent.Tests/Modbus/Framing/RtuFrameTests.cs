using CsCheck;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Tests.Modbus.Framing;

public sealed class RtuFrameTests
{
    [Fact]
    public void The_crc_has_the_published_check_value() => Assert.Equal(0x4B37, Crc16.Of("123456789"u8));

    [Theory]
    [InlineData("010304123456788107", "030412345678")]
    [InlineData("018302C0F1", "8302")]
    public void A_whole_answer_is_read_from_every_longer_buffer_and_from_no_shorter_one(string hex, string pdu)
    {
        var answer = Convert.FromHexString(hex);
        byte[] buffer = [.. answer, .. answer];
        for (var length = 0; length <= buffer.Length; length++)
        {
            var isWhole = RtuFrame.TryReadAnswer(buffer.AsSpan(0, length), out var frame);
            Assert.Equal(length >= answer.Length, isWhole);
            if (isWhole)
            {
                Assert.Equal((1, answer.Length), (frame.Unit, frame.Length));
                Assert.Equal(pdu, Convert.ToHexString(frame.Pdu));
            }
        }
    }

    [Fact]
    public void No_answer_survives_the_change_of_any_one_bit()
    {
        var answer = Convert.FromHexString("010304123456788107");
        for (var bit = 0; bit < answer.Length * 8; bit++)
        {
            var damaged = answer.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsRead(damaged), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("0106")]
    [InlineData("010300")]
    [InlineData("0103FB")]
    public void What_answers_no_read_is_a_protocol_error(string hex) => Assert.Throws<ModbusProtocolException>(
        () => RtuFrame.TryReadAnswer(Convert.FromHexString(hex), out _));

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[1, 250]).Sample((unit, data) =>
        {
            var buffer = new byte[RtuFrame.MaxLength];
            buffer[1] = 3;
            buffer[2] = (byte)data.Length;
            data.CopyTo(buffer, 3);
            var length = RtuFrame.Write(buffer, unit, data.Length + 2);
            return RtuFrame.TryReadAnswer(buffer.AsSpan(0, length), out var frame)
                && frame.Unit == unit && frame.Pdu[2..].SequenceEqual(data);
        });

    private static bool IsRead(byte[] bytes)
    {
        try
        {
            return RtuFrame.TryReadAnswer(bytes, out _);
        }
        catch (ModbusProtocolException)
        {
            return false;
        }
    }
}
