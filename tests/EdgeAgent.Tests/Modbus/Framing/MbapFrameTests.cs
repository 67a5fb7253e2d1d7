using CsCheck;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Tests.Modbus.Framing;

public sealed class MbapFrameTests
{
    private static readonly byte[] Sample = Convert.FromHexString("00010000000701030412345678");

    [Fact]
    public void A_whole_frame_is_read_from_every_longer_buffer_and_from_no_shorter_one()
    {
        byte[] buffer = [.. Sample, .. Sample];
        for (var length = 0; length <= buffer.Length; length++)
        {
            var isWhole = MbapFrame.TryRead(buffer.AsSpan(0, length), out var frame);
            Assert.Equal(length >= Sample.Length, isWhole);
            if (isWhole)
            {
                Assert.Equal((1, 1, Sample.Length), (frame.TransactionId, frame.Unit, frame.Length));
                Assert.Equal("030412345678", Convert.ToHexString(frame.Pdu));
            }
        }
    }

    [Theory]
    [InlineData("48545450")]
    [InlineData("000100000000")]
    [InlineData("000100000001")]
    [InlineData("000100000002")]
    [InlineData("0001000000FF")]
    [InlineData("00010000FFFF")]
    public void A_bad_header_is_a_protocol_error_as_soon_as_it_is_there(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Throws<ModbusProtocolException>(() => MbapFrame.TryRead(bytes, out _));
        Assert.False(MbapFrame.TryRead(bytes.AsSpan(0, bytes.Length == 4 ? 3 : 5), out _));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.UShort, Gen.Byte, Gen.Byte.Array[2, MbapFrame.MaxPduLength]).Sample((id, unit, pdu) =>
        {
            var buffer = new byte[MbapFrame.MaxLength];
            pdu.CopyTo(buffer, MbapFrame.HeaderLength);
            var length = MbapFrame.Write(buffer, id, unit, pdu.Length);
            return MbapFrame.TryRead(buffer.AsSpan(0, length), out var frame)
                && frame.TransactionId == id && frame.Unit == unit && frame.Pdu.SequenceEqual(pdu);
        });

    [Fact]
    public void Arbitrary_bytes_are_a_frame_or_incomplete_or_a_protocol_error_and_nothing_else() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            try
            {
                return !MbapFrame.TryRead(bytes, out var frame) || frame.Length <= bytes.Length;
            }
            catch (ModbusProtocolException)
            {
                return true;
            }
        });
}
