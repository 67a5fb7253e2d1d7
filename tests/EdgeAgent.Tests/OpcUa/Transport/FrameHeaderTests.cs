using CsCheck;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Transport;

public sealed class FrameHeaderTests
{
    private const int MaxSize = 65_536;

    [Theory]
    [InlineData("HELF", "Hello", "Final")]
    [InlineData("ACKF", "Acknowledge", "Final")]
    [InlineData("ERRF", "Error", "Final")]
    [InlineData("OPNF", "OpenSecureChannel", "Final")]
    [InlineData("CLOF", "CloseSecureChannel", "Final")]
    [InlineData("MSGF", "Message", "Final")]
    [InlineData("MSGC", "Message", "Intermediate")]
    [InlineData("MSGA", "Message", "Abort")]
    public void Every_type_is_read_and_written_as_the_specification_spells_it(string text, string type, string chunk)
    {
        byte[] bytes = [.. System.Text.Encoding.ASCII.GetBytes(text), 0x10, 0x27, 0, 0];
        for (var length = 0; length < FrameHeader.Length; length++)
        {
            Assert.False(FrameHeader.TryRead(bytes.AsSpan(0, length), MaxSize, out _));
        }

        Assert.True(FrameHeader.TryRead(bytes, MaxSize, out var header));
        Assert.Equal((type, chunk, 10_000), (header.Type.ToString(), header.Chunk.ToString(), header.Size));

        var written = new byte[FrameHeader.Length];
        header.Write(written);
        Assert.Equal(bytes, written);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request", "web server")]
    [InlineData("H", null)]
    [InlineData("HT", "48-54")]
    [InlineData("GET /", "47-45-54")]
    [InlineData("\u0015\u0003\u0003", "TLS")]
    [InlineData("MSGX", "4D-53-47-58")]
    [InlineData("msgF", "6D-73-67")]
    public void A_foreign_protocol_is_refused_at_its_first_wrong_byte_and_named(string text, string? says)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        if (says is null)
        {
            Assert.False(FrameHeader.TryRead(bytes, MaxSize, out _));
            return;
        }

        var error = Assert.Throws<OpcUaException>(() => FrameHeader.TryRead(bytes, MaxSize, out _));
        Assert.Equal(StatusCodes.BadTcpMessageTypeInvalid, error.Status.Value);
        Assert.Contains(says.Replace("-", "", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELC")]
    [InlineData("ACKA")]
    [InlineData("OPNC")]
    [InlineData("CLOA")]
    [InlineData("ERRC")]
    public void Only_messages_may_be_chunked(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        var error = Assert.Throws<OpcUaException>(() => FrameHeader.TryRead(bytes, MaxSize, out _));
        Assert.Equal(StatusCodes.BadTcpMessageTypeInvalid, error.Status.Value);
    }

    [Theory]
    [InlineData(0u, StatusCodes.BadDecodingError)]
    [InlineData(7u, StatusCodes.BadDecodingError)]
    [InlineData(MaxSize + 1u, StatusCodes.BadTcpMessageTooLarge)]
    [InlineData(0x7FFF_FFFFu, StatusCodes.BadTcpMessageTooLarge)]
    [InlineData(0x8000_0000u, StatusCodes.BadTcpMessageTooLarge)]
    [InlineData(0xFFFF_FFFFu, StatusCodes.BadTcpMessageTooLarge)]
    public void An_impossible_size_is_refused_before_anything_is_allocated(uint size, uint status)
    {
        var bytes = new byte[FrameHeader.Length];
        "MSGF"u8.CopyTo(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), size);
        var error = Assert.Throws<OpcUaException>(() => FrameHeader.TryRead(bytes, MaxSize, out _));
        Assert.Equal(status, error.Status.Value);
    }

    [Fact]
    public void Arbitrary_bytes_are_a_header_or_incomplete_or_a_declared_error() =>
        Gen.Byte.Array[0, 12].Sample(bytes =>
        {
            try
            {
                return !FrameHeader.TryRead(bytes, MaxSize, out var header) || header.Size is >= 8 and <= MaxSize;
            }
            catch (OpcUaException)
            {
                return true;
            }
        });
}
